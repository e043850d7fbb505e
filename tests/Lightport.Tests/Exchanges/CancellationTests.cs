using Lightport.Conversation;
using Lightport.Usage;

namespace Lightport.Tests.Exchanges;

/// <summary>A client that goes takes its upstream call with it, in every phase.</summary>
public sealed class CancellationTests : IDisposable
{
    private readonly TestGateway _gateway = new("models: { m: { targets: [openai/x, groq/y] } }");

    [Fact]
    public async Task WaitingForHeaders_ClientGoes_UpstreamEnds()
    {
        _gateway.Upstream.Hang();
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.Chat);
        await _gateway.Upstream.CallAsync();
        await GoneAsync(call);
    }

    [Fact]
    public async Task WaitingForAWholeBody_ClientGoes_UpstreamEnds()
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(new ScriptedResponse(200, "application/json", body));
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.Chat);
        await body.Hungry;
        await GoneAsync(call);
        Assert.True(body.Disposed);
    }

    [Fact]
    public async Task Priming_ClientGoes_UpstreamEnds()
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        body.Tell(Wires.ChatRole);
        await body.Hungry;
        await GoneAsync(call);
        Assert.True(body.Disposed && body.Token.IsCancellationRequested);
        Assert.Empty(call.Text);
    }

    [Fact]
    public async Task Streaming_ClientGoes_UpstreamEnds()
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        body.Tell(Wires.ChatRole + Wires.ChatText);
        await call.Body.Receives("Hello");
        await body.Hungry;
        await GoneAsync(call);
        Assert.True(body.Disposed && body.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task StalledFlush_ClientGoes_UpstreamEnds()
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = _gateway.Start(GatewayEndpoints.Messages, Wires.MessagesStream);
        body.Tell(Wires.ChatRole + Wires.ChatText);
        await call.Body.Receives("Hello");
        await body.Hungry;
        call.Body.Stall();
        body.Tell(Wires.ChatMore);
        await call.Body.Stalled.Task;
        await GoneAsync(call);
        Assert.True(body.Disposed);
    }

    [Fact]
    public async Task StalledClient_LongerThanIdle_IsNotTheProvidersSilence()
    {
        using var gateway = new TestGateway("models: { m: { targets: [openai/x], timeout: { idle: 5s } } }");
        var body = new ScriptedBody();
        gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = gateway.Start(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        body.Tell(Wires.ChatRole + Wires.ChatText);
        await call.Body.Receives("Hello");
        await body.Hungry;
        call.Body.Stall();
        body.Tell(Wires.ChatMore + Wires.ChatFinish + Wires.ChatDone).End();
        await call.Body.Stalled.Task;
        gateway.Clock.Advance(TimeSpan.FromSeconds(60));
        call.Body.Flow();
        await call.Done;
        Assert.Null(gateway.Record.Error);
        Assert.EndsWith(Wires.ChatDone, call.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BetweenAttempts_ClientGoes_NoOtherIsMade()
    {
        using var gateway = new TestGateway("models: { m: [openai/x] }");
        gateway.Upstream.Answer(new ScriptedResponse(429, null, Stream.Null) { Fields = { ["retry-after"] = "3" } });
        ClientCall call = gateway.Start(GatewayEndpoints.ChatCompletions, Wires.Chat);
        await gateway.Clock.WaitingFor(TimeSpan.FromSeconds(3));
        call.Abort();
        await call.Done;
        Assert.Single(gateway.Upstream.Seen);
        Assert.Equal(499, gateway.Record.Status);
    }

    [Fact]
    public async Task HostsTimeIsUp_BeforeAnyContent_IsA504AndUpstreamEnds()
    {
        using var host = new CancellationTokenSource();
        _gateway.Upstream.Hang();
        ClientCall call = _gateway.Start(
            GatewayEndpoints.ChatCompletions, Wires.Chat, cancellationToken: host.Token);
        await _gateway.Upstream.CallAsync();
        await HostsTimeIsUpAsync(host);
        await call.Done;
        Assert.True(_gateway.Upstream.Last.Token.IsCancellationRequested);
        Assert.Equal((504, "timeout"), (call.Status, call.Error("code")));
        Assert.Single(_gateway.Upstream.Seen);
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    public async Task HostsTimeIsUp_InsideAStream_IsToldInItAndIsNotTheClientsCancel(string dialect)
    {
        using var host = new CancellationTokenSource();
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = dialect == "chat"
            ? _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.ChatStream, cancellationToken: host.Token)
            : _gateway.Start(GatewayEndpoints.Messages, Wires.MessagesStream, cancellationToken: host.Token);
        body.Tell(Wires.ChatRole + Wires.ChatText);
        await call.Body.Receives("Hello");
        await body.Hungry;
        await HostsTimeIsUpAsync(host);
        await call.Done;
        Assert.Contains("functionTimeout", call.Text, StringComparison.Ordinal);
        Assert.True(body.Disposed && body.Token.IsCancellationRequested);
        Assert.Equal((ErrorKind.Timeout, 200), (_gateway.Record.Error!.Kind, _gateway.Record.Status));
    }

    [Fact]
    public async Task HostTellsThatTheClientWent_BeforeTheConnectionDoes_IsTheClientsCancel()
    {
        using var host = new CancellationTokenSource();
        _gateway.Upstream.Hang();
        ClientCall call = _gateway.Start(
            GatewayEndpoints.ChatCompletions, Wires.Chat, cancellationToken: host.Token);
        await _gateway.Upstream.CallAsync();
        await host.CancelAsync();
        await GoneAsync(call);
    }

    [Fact]
    public async Task HostsTimeIsUp_ClientReadsNothing_IsOverAllTheSame()
    {
        using var host = new CancellationTokenSource();
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = _gateway.Start(
            GatewayEndpoints.Messages, Wires.MessagesStream, cancellationToken: host.Token);
        body.Tell(Wires.ChatRole + Wires.ChatText);
        await call.Body.Receives("Hello");
        await body.Hungry;
        call.Body.Stall();
        body.Tell(Wires.ChatMore);
        await call.Body.Stalled.Task;
        await HostsTimeIsUpAsync(host);
        _gateway.Clock.Advance(TimeSpan.FromSeconds(4));
        await call.Done;
        Assert.Equal(ErrorKind.Timeout, _gateway.Record.Error!.Kind);
    }

    public void Dispose() => _gateway.Dispose();

    private async Task HostsTimeIsUpAsync(CancellationTokenSource host)
    {
        await host.CancelAsync();
        _gateway.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    private async Task GoneAsync(ClientCall call)
    {
        Assert.False(_gateway.Upstream.Last.Token.IsCancellationRequested);
        call.Abort();
        await call.Done;
        Assert.True(_gateway.Upstream.Last.Token.IsCancellationRequested);
        UsageRecord record = _gateway.Record;
        Assert.Equal(ErrorKind.Canceled, record.Error!.Kind);
        Assert.Equal(499, record.Status);
        Assert.Equal(1, record.Attempts);
        Assert.Single(_gateway.Upstream.Seen);
    }
}
