using System.Net;
using Lightport.Admission;
using Lightport.Tests.Exchanges;
using Microsoft.AspNetCore.Http;

namespace Lightport.Tests.Admission;

/// <summary>Who may call where no key is asked for: the programs of this machine.</summary>
public sealed class LocalCallersTests : IDisposable
{
    private readonly TestGateway _gateway = new("""
        models: { fast: openai/x }
        cors: { origins: ["https://app.contoso.com"] }
        """);

    [Theory]
    [InlineData("localhost:7071")]
    [InlineData("LOCALHOST")]
    [InlineData("127.0.0.1:7071")]
    [InlineData("127.8.9.1")]
    [InlineData("[::1]:7071")]
    [InlineData("lightport.localhost:7071")]
    public async Task Host_Loopback_IsServed(string host) => Assert.Null(await RefusalAsync(("Host", host)));

    /// <summary>What a browser sends once a page's own name was made to lead here.</summary>
    [Theory]
    [InlineData("evil.example:7071")]
    [InlineData("localhost.evil.example")]
    [InlineData("notlocalhost")]
    [InlineData("0.0.0.0:7071")]
    [InlineData("10.0.0.4")]
    [InlineData("[::ffff:10.0.0.4]")]
    [InlineData("")]
    public async Task Host_AnyOther_Is403(string host) =>
        Assert.Equal((403, "host_not_allowed"), await RefusalAsync(("Host", host)));

    [Theory]
    [InlineData("http://localhost:3000")]
    [InlineData("http://127.0.0.1:7071")]
    [InlineData("https://[::1]")]
    [InlineData("https://app.contoso.com")]
    public async Task Origin_OfThisMachineOrListed_IsServed(string origin) =>
        Assert.Null(await RefusalAsync(("Origin", origin)));

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("http://loopback")]
    [InlineData("https://app.contoso.com.evil.example")]
    [InlineData("null")]
    [InlineData("file://")]
    [InlineData("chrome-extension://localhost")]
    [InlineData("")]
    public async Task Origin_AnyOther_Is403(string origin) =>
        Assert.Equal((403, "origin_not_allowed"), await RefusalAsync(("Origin", origin)));

    [Theory]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("text/plain;application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task ContentType_OfAForm_Is415(string type) =>
        Assert.Equal((415, "unsupported_media_type"), await RefusalAsync(("Content-Type", type)));

    /// <summary>As the Functions host tells the worker whom it serves, on the worker's own loopback.</summary>
    [Theory]
    [InlineData("X-Forwarded-For", "192.168.1.7", "not_this_machine")]
    [InlineData("X-Forwarded-For", "127.0.0.1, 192.168.1.7:4242", "not_this_machine")]
    [InlineData("X-Forwarded-For", "unknown", "not_this_machine")]
    [InlineData("X-Forwarded-For", "127.0.0.1:4242", null)]
    [InlineData("X-Forwarded-For", "::1", null)]
    [InlineData("X-Forwarded-For", "[::1]:4242", null)]
    [InlineData("X-Forwarded-Host", "evil.example:7071", "host_not_allowed")]
    [InlineData("X-Forwarded-Host", "localhost:7071", null)]
    public async Task Proxy_SaysWhomItServes(string header, string value, string? code) =>
        Assert.Equal(code, (await RefusalAsync((header, value)))?.Code);

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", null)]
    [InlineData("::1", "::1", null)]
    [InlineData("::ffff:127.0.0.1", "::ffff:127.0.0.1", null)]
    [InlineData("10.0.0.1", "10.0.0.9", "not_this_machine")]
    [InlineData("127.0.0.1", "203.0.113.9", "not_this_machine")]
    [InlineData("10.0.0.1", "127.0.0.1", "not_this_machine")]
    [InlineData("::ffff:10.0.0.1", "::ffff:10.0.0.9", "not_this_machine")]
    public void Connection_OfThisMachine_IsServedAlone(string local, string remote, string? code)
    {
        var context = new DefaultHttpContext();
        context.Request.Host = new HostString("localhost");
        context.Connection.LocalIpAddress = IPAddress.Parse(local);
        context.Connection.RemoteIpAddress = IPAddress.Parse(remote);

        Assert.Equal(code, LocalCallers.Refusal(context.Request, CorsSettings.Off)?.Code);
    }

    [Fact]
    public async Task Models_AreNotListedToOthersEither()
    {
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Models, headers: new Dictionary<string, string> { ["Host"] = "evil.example" });

        Assert.Equal((403, "host_not_allowed"), (call.Status, call.Error("code")));
    }

    [Fact]
    public async Task WithAKey_NoneOfThisIsAsked()
    {
        using var gateway = new TestGateway("models: { fast: openai/x }", clientKey: "lp-canary-key");
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        var headers = new Dictionary<string, string>
        {
            ["Authorization"] = "Bearer lp-canary-key",
            ["Host"] = "gateway.contoso.com",
            ["Origin"] = "https://evil.example",
            ["X-Forwarded-For"] = "203.0.113.9",
        };

        ClientCall call =
            await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("fast", Wires.Chat), headers);

        Assert.Equal(200, call.Status);
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<(int Status, string? Code)?> RefusalAsync((string Name, string Value) header)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        var headers = new Dictionary<string, string> { [header.Name] = header.Value };
        ClientCall call =
            await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("fast", Wires.Chat), headers);
        Assert.Equal(call.Status == 200 ? 1 : 0, _gateway.Upstream.Seen.Count);
        return call.Status == 200 ? null : (call.Status, call.Error("code"));
    }
}
