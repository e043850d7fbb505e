using Lightport.Conversation;
using Microsoft.Extensions.Logging;

namespace Lightport.Tests.Exchanges;

/// <summary>An attempt that failed leaves its trace, whatever became of the request.</summary>
public sealed class AttemptTests : IDisposable
{
    private readonly TestGateway _gateway = new("models: { m: [openai/x, groq/y] }");

    [Fact]
    public async Task FailedAttempt_LeavesALineThoughAnotherAnswered()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Error(500, "canary")).Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);

        CapturedLine line = Assert.Single(_gateway.Log.Lines, line => line.EventId == 5);
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.StartsWith(_gateway.Record.RequestId, line.Text, StringComparison.Ordinal);
        Assert.Contains("attempt 1 at openai failed: stage=Upstream error=Upstream status=500", line.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", line.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Told by", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryFailedAttempt_LeavesALine()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Error(401)).Answer(ScriptedResponse.Error(404));
        await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);

        Assert.Equal(
            ["openai", "groq"],
            _gateway.Log.Lines.Where(line => line.EventId == 5).Select(line => line.Fields["Provider"]));
    }

    [Fact]
    public async Task StreamThatBreaks_LeavesALine()
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body.Tell(Wires.ChatRole + Wires.ChatText).Break()));
        await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);

        CapturedLine line = Assert.Single(_gateway.Log.Lines, line => line.EventId == 5);
        Assert.Equal(ErrorStage.Stream, line.Fields["Stage"]);
        Assert.Equal((200, LogLevel.Warning), (_gateway.Record.Status, _gateway.Line.Level));
    }

    [Fact]
    public async Task RequestOutOfTime_LeavesALine()
    {
        using var gateway = new TestGateway("models: { m: { targets: [openai/x], timeout: { total: 5s } } }");
        gateway.Upstream.Hang();
        ClientCall call = gateway.Start(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        gateway.Clock.Advance(TimeSpan.FromSeconds(5));
        await call.Done;

        Assert.Equal(ErrorKind.Timeout, Assert.Single(gateway.Log.Lines, line => line.EventId == 5).Fields["Error"]);
    }

    [Fact]
    public async Task GoodAnswer_LeavesNone()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(Wires.ChatEvents));
        await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);

        Assert.DoesNotContain(_gateway.Log.Lines, line => line.EventId == 5);
    }

    /// <summary>A pause before another attempt is the provider's wish, not the gateway's slowness.</summary>
    [Fact]
    public async Task Overhead_CountsNoPauseAndNoProvider()
    {
        using var gateway = new TestGateway("models: { m: [openai/x] }");
        gateway.Upstream
            .Answer(new ScriptedResponse(429, null, Stream.Null) { Fields = { ["retry-after"] = "4" } })
            .Answer(_ =>
            {
                gateway.Clock.Advance(TimeSpan.FromSeconds(2));
                return Task.FromResult<Lightport.Transport.UpstreamResponse>(ScriptedResponse.Json(Wires.ChatAnswer));
            });
        ClientCall call = gateway.Start(GatewayEndpoints.ChatCompletions, Wires.Chat);
        await gateway.Clock.WaitingFor(TimeSpan.FromSeconds(4));
        gateway.Clock.Advance(TimeSpan.FromSeconds(4));
        await call.Done;

        Assert.Equal("0.000", call.Header("x-lightport-overhead-ms"));
        Assert.Equal(TimeSpan.FromSeconds(2), gateway.Record.Upstream);
        Assert.Equal(TimeSpan.FromSeconds(6), gateway.Record.Duration);
    }

    [Fact]
    public async Task Overhead_OfAStreamThatIsKeptAlive_CountsNoProviderThatIsStillWaitedFor()
    {
        _gateway.Upstream.Hang();
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        _gateway.Clock.Advance(TimeSpan.FromSeconds(15));
        await call.Body.Receives("keep-alive");
        call.Abort();
        await call.Done;

        Assert.Equal("0.000", call.Header("x-lightport-overhead-ms"));
    }

    public void Dispose() => _gateway.Dispose();
}
