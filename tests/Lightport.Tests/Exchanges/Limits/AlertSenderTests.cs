using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Lightport.Exchanges.Limits;
using Lightport.Limits.Rules;
using Lightport.Tests.Routing;
using Microsoft.Extensions.Logging;

namespace Lightport.Tests.Exchanges.Limits;

/// <summary>Alerts at a webhook of this machine: signed, tried again, and never inside where that is not wanted.</summary>
public sealed class AlertSenderTests : IDisposable
{
    private static readonly BudgetAlert Alert = new(
        "team", "tag.team:red", 80, 200, 39.5m, DateTimeOffset.UnixEpoch.AddDays(31), DateTimeOffset.UnixEpoch);

    private readonly HttpListener _webhook = new();
    private readonly Uri _address = new($"http://127.0.0.1:{FreePort()}/");
    private readonly ManualTimeProvider _time = new();
    private readonly CapturedLog _log = new();
    private readonly TestSecrets _secrets = new();
    private readonly AlertSender _sender;

    public AlertSenderTests()
    {
        _webhook.Prefixes.Add(_address.ToString());
        _webhook.Start();
        _secrets.Values["ALERTS"] = "secret";
        _sender = new AlertSender(
            _secrets, _time, LoggerFactory.Create(logging => logging.AddProvider(_log)).CreateLogger<AlertSender>());
    }

    [Fact]
    public async Task Webhook_ThatFailsAtFirst_IsToldAgainAndSigned()
    {
        Task sending = _sender.SendAsync(new AlertWebhook(_address, "ALERTS", AllowsPrivate: true), Alert);
        await AnswerAsync(503);
        await _time.WaitingFor(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        (string body, string signature) = await AnswerAsync(204);
        await sending;

        Assert.Equal(
            """
            {"limit":"team","subject":"tag.team:red","percent":80,"usd":200,"left_usd":39.5,"resets_at":"1970-02-01T00:00:00+00:00","at":"1970-01-01T00:00:00+00:00"}
            """,
            body);
        byte[] mark = HMACSHA256.HashData("secret"u8, Encoding.UTF8.GetBytes("1." + body));
        Assert.Equal($"t=1,v1={Convert.ToHexStringLower(mark)}", signature);
        Assert.Empty(_log.Lines);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(404)]
    public async Task Webhook_ThatRefusesOrLeadsElsewhere_IsNotAskedAgain(int status)
    {
        Task sending = _sender.SendAsync(new AlertWebhook(_address, "ALERTS", AllowsPrivate: true), Alert);
        await AnswerAsync(status);
        await sending;

        Assert.Equal(
            $"That the budget team is used to 80 % could not be told: the webhook answered with {status}",
            Assert.Single(_log.Lines).Text);
    }

    [Fact]
    public async Task AddressOfOnesOwnNetwork_IsNotCalled()
    {
        Task<HttpListenerContext> called = _webhook.GetContextAsync();
        Task sending = _sender.SendAsync(
            new AlertWebhook(new Uri($"http://localhost:{_address.Port}/"), "ALERTS", AllowsPrivate: false), Alert);
        for (int seconds = 1; seconds <= 8; seconds *= 2)
        {
            await _time.WaitingFor(TimeSpan.FromSeconds(seconds));
            _time.Advance(TimeSpan.FromSeconds(seconds));
        }

        await sending;
        Assert.Equal(802, Assert.Single(_log.Lines).EventId);
        Assert.False(called.IsCompleted);
    }

    [Theory]
    [InlineData("169.254.169.254", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("::ffff:192.168.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("198.51.100.1", false)]
    [InlineData("203.0.113.1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("::7f00:1", false)]
    [InlineData("::ffff:0:a9fe:a9fe", false)]
    [InlineData("64:ff9b::a9fe:a9fe", false)]
    [InlineData("64:ff9b:1::a9fe:a9fe", false)]
    [InlineData("2001:0:a9fe:a9fe::1", false)]
    [InlineData("2002:a9fe:a9fe::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("100::1", false)]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:4700::1111", true)]
    public void Address_IsPublicOrNot(string address, bool isPublic) =>
        Assert.Equal(isPublic, Lightport.Transport.PublicConnection.IsPublic(IPAddress.Parse(address)));

    public void Dispose()
    {
        _sender.Dispose();
        _webhook.Close();
    }

    private async Task<(string Body, string Signature)> AnswerAsync(int status)
    {
        HttpListenerContext call = await _webhook.GetContextAsync();
        using var reader = new StreamReader(call.Request.InputStream);
        string body = await reader.ReadToEndAsync();
        call.Response.StatusCode = status;
        call.Response.Headers["Location"] = "http://127.0.0.1:1/";
        call.Response.Close();
        return (body, call.Request.Headers["x-lightport-signature"]!);
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
