using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Exchanges.Shadows;
using Lightport.Tests.Dialects;
using Lightport.Usage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moq;

namespace Lightport.Tests.Exchanges;

/// <summary>A copy of a request is measured and thrown away; its client never knows.</summary>
public sealed class ShadowTests : IDisposable
{
    private const string Secret = "client-key-0123456789";

    private readonly TestGateway _gateway = new($$"""
        models:
          m: { targets: [openai/x], shadow: { to: groq/y, share: 100% }, retry: { attempts: 1 } }
          c: { targets: [anthropic/x], shadow: { to: groq/y, share: 100% } }
        keys: [{ name: team, sha256: "{{KeyHash.Of(Secret)}}" }]
        """);

    [Theory]
    [InlineData("m", false)]
    [InlineData("m", true)]
    [InlineData("c", false)]
    public async Task Copy_IsAnsweredForNobody_AndItsUsageCounted(string model, bool stream)
    {
        AnswerBoth(stream, model == "c" ? "anthropic" : "openai");

        ClientCall call = await SendAsync(model, stream);
        UsageRecord shadow = await ShadowAsync();

        Assert.Equal(200, call.Status);
        Assert.Equal("x", call.Header("x-lightport-model"));
        Assert.Equal("1", call.Header("x-lightport-attempts"));
        Assert.Equal(("groq", "y", 200), (shadow.Provider, shadow.Model, shadow.Status));
        Assert.True(shadow.Usage!.Prompt > 0);
        Assert.Equal("(shadow)", shadow.KeyId);
        SeenRequest copy = _gateway.Upstream.Seen.Single(seen => seen.Pool == "groq");
        Assert.Equal("y", (string?)copy.Json["model"]);
        Assert.DoesNotContain(Secret, copy.Body + string.Join(' ', copy.Headers), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_ThatFails_IsAMatterOfMetricsAlone()
    {
        AnswerBoth(stream: false);
        _gateway.Upstream.ForgetAt("groq").AnswerAt("groq", ScriptedResponse.Error(500));

        ClientCall call = await SendAsync("m");
        UsageRecord shadow = await ShadowAsync();

        Assert.Equal((200, 500), (call.Status, shadow.Status));
        Assert.Equal((1L, 1L), (_gateway.Shadows.Sent, _gateway.Shadows.Failed));
        Assert.Equal(0, _gateway.StateOf("groq", "y").ConsecutiveFailures);
        Assert.DoesNotContain(_gateway.Log.Lines, line => line.Level > LogLevel.Information);
    }

    [Fact]
    public async Task Copy_ThatHangs_EndsWithItsTime_AndItsRequestNeverWaits()
    {
        _gateway.Upstream.AnswerAt("openai", ScriptedResponse.Json(Wires.ChatAnswer)).HangAt("groq");

        Assert.Equal(200, (await SendAsync("m")).Status);
        await _gateway.Upstream.CallAsync();
        await _gateway.Upstream.CallAsync();
        _gateway.Clock.Advance(TimeSpan.FromMinutes(16));

        Assert.True((await ShadowAsync()).Failed);
    }

    [Fact]
    public async Task Copies_ThatRunAtOnce_AreBounded()
    {
        for (int i = 0; i <= ShadowTraffic.MostInFlight; i++)
        {
            _gateway.Upstream.AnswerAt("openai", ScriptedResponse.Json(Wires.ChatAnswer)).HangAt("groq");
            Assert.Equal(200, (await SendAsync("m")).Status);
        }

        Assert.Equal(1, _gateway.Shadows.Skipped);
    }

    [Theory]
    [InlineData("\"store\":true")]
    [InlineData("\"web_search_options\":{}")]
    [InlineData("\"provider\":{\"only\":[\"openai\"]}")]
    [InlineData("\"provider\":{\"zdr\":false,\"ignore\":[\"groq\"]}")]
    public async Task Request_ThatMustNotGoThereTwice_IsNotCopied(string said)
    {
        _gateway.Upstream.AnswerAt("openai", ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            $$"""{"model":"m","messages":[{"role":"user","content":"hi"}],{{said}}}""",
            Key);

        Assert.Equal((200, 1L, 0L), (call.Status, _gateway.Shadows.Skipped, _gateway.Shadows.Sent));
    }

    /// <summary>Where answers are kept unless the request says no, a copy's would be kept too.</summary>
    [Theory]
    [InlineData("", 1)]
    [InlineData(",\"store\":true", 1)]
    [InlineData(",\"store\":false", 0)]
    public async Task Response_ThatIsKept_IsNotCopied(string said, long skipped)
    {
        _gateway.Upstream.AnswerAt("openai", ScriptedResponse.Error(400)).AnswerAt("groq", ScriptedResponse.Error(400));

        await _gateway.SendAsync(
            GatewayEndpoints.Responses, $$"""{"model":"m","input":"hi"{{said}}}""", Key);

        Assert.Equal(skipped, _gateway.Shadows.Skipped);
    }

    [Theory]
    [InlineData(ToolKind.Function, true)]
    [InlineData(ToolKind.Custom, true)]
    [InlineData(ToolKind.Server, false)]
    public void Tools_ThatTheProviderRuns_AreNotRunTwice(ToolKind kind, bool may) => Assert.Equal(
        may,
        ShadowScope.WhyNot(new ChatRequest
        {
            Model = "m",
            Dialect = "openai-chat",
            Messages = [],
            Tools = [new ToolDefinition("t") { Kind = kind }],
        }) is null);

    /// <summary>The process has told that it stops: what still runs for nobody must not keep it.</summary>
    [Fact]
    public async Task Stop_EndsCopiesThatRun_AndMakesNoMore()
    {
        using var stopping = new CancellationTokenSource();
        using var gateway = new TestGateway(
            "models: { m: { targets: [openai/x], shadow: { to: groq/y, share: 100% }, retry: { attempts: 1 } } }",
            configure: services => services.AddSingleton<IHostApplicationLifetime>(
                Mock.Of<IHostApplicationLifetime>(host => host.ApplicationStopping == stopping.Token)));
        gateway.Upstream.AnswerAt("openai", ScriptedResponse.Json(Wires.ChatAnswer)).HangAt("groq");
        Assert.Equal(200, (await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat)).Status);
        await gateway.Upstream.CallAsync();
        await gateway.Upstream.CallAsync();
        SeenRequest copy = gateway.Upstream.Seen.Single(seen => seen.Pool == "groq");

        await stopping.CancelAsync();
        while (gateway.Shadows.Failed == 0)
        {
            await gateway.Usage.AddedAsync();
        }

        Assert.True(copy.Token.IsCancellationRequested);
        gateway.Upstream.AnswerAt("openai", ScriptedResponse.Json(Wires.ChatAnswer));
        Assert.Equal(200, (await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat)).Status);
        Assert.Equal((1L, 1L, 0L), (gateway.Shadows.Sent, gateway.Shadows.Failed, gateway.Shadows.Skipped));
        Assert.Single(gateway.Upstream.Seen, seen => seen.Pool == "groq");
    }

    public void Dispose() => _gateway.Dispose();

    private static Dictionary<string, string> Key => new() { ["authorization"] = $"Bearer {Secret}" };

    private void AnswerBoth(bool stream, string first = "openai")
    {
        ScriptedUpstream upstream = _gateway.Upstream;
        if (stream)
        {
            upstream.AnswerAt(first, ScriptedResponse.Events(Wires.ChatEvents))
                .AnswerAt("groq", ScriptedResponse.Events(Wires.ChatEvents));
        }
        else
        {
            upstream.AnswerAt(first, ScriptedResponse.Json(first == "openai" ? Wires.ChatAnswer : Wires.MessagesAnswer))
                .AnswerAt("groq", ScriptedResponse.Json(Wires.ChatAnswer));
        }
    }

    private Task<ClientCall> SendAsync(string model, bool stream = false) => _gateway.SendAsync(
        GatewayEndpoints.ChatCompletions, Wires.For(model, stream ? Wires.ChatStream : Wires.Chat), Key);

    private async Task<UsageRecord> ShadowAsync()
    {
        while (_gateway.Usage.Find("(shadow)") is null)
        {
            await _gateway.Usage.AddedAsync();
        }

        return _gateway.Usage.Find("(shadow)")!;
    }
}
