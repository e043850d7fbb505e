using Lightport.Tests.Dialects;

namespace Lightport.Tests.Exchanges;

/// <summary>Every stage has its time, and a client in a long silence is kept.</summary>
public sealed class TimeTests : IDisposable
{
    private const string Models = """
        models:
          m:
            targets: [openai/gpt-4o-mini]
            retry: { attempts: 1 }
            timeout: { first-byte: 60s, idle: 50s, total: 10m }
        """;

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private readonly TestGateway _gateway = new(Models);

    [Fact]
    public async Task FirstByteOfAStream_DoesNotCome_Is504AfterItsTime()
    {
        using var gateway = new TestGateway(
            "models: { m: { targets: [openai/x], timeout: { first-byte: 14s, whole-answer: 5s } } }");
        gateway.Upstream.Hang();
        ClientCall call = gateway.Start(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        gateway.Clock.Advance(Seconds(13.9));
        Assert.False(call.Done.IsCompleted);
        gateway.Clock.Advance(Seconds(0.1));
        await call.Done;
        Assert.Equal(504, call.Status);
        Assert.Equal("timeout", call.Error("code"));
        Assert.Equal("openai did not begin to answer within 14 s.", call.Error("message"));
        Assert.True(gateway.Upstream.Last.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task WholeAnswer_SlowerThanAStreamMayBegin_IsWaitedForAndAskedForOnce()
    {
        using var gateway = new TestGateway("models: { m: [openai/x] }");
        var gate = new TaskCompletionSource();
        gateway.Upstream.Answer(async token =>
        {
            await gate.Task.WaitAsync(token);
            return ScriptedResponse.Json(Wires.ChatAnswer);
        });
        ClientCall call = gateway.Start(GatewayEndpoints.ChatCompletions, Wires.Chat);
        gateway.Clock.Advance(TimeSpan.FromMinutes(9));
        gate.SetResult();
        await call.Done;
        Assert.Equal((200, Wires.ChatAnswer), (call.Status, call.Text));
        Assert.Single(gateway.Upstream.Seen);
    }

    [Fact]
    public async Task WholeAnswer_DoesNotCome_Is504AfterItsTimeAndIsNotAskedForTwice()
    {
        using var gateway = new TestGateway("models: { m: [openai/x] }");
        gateway.Upstream.Hang();
        ClientCall call = gateway.Start(GatewayEndpoints.ChatCompletions, Wires.Chat);
        gateway.Clock.Advance(TimeSpan.FromMinutes(10));
        await call.Done;
        Assert.Equal(504, call.Status);
        Assert.Equal("openai did not begin to answer within 600 s.", call.Error("message"));
        Assert.Single(gateway.Upstream.Seen);
    }

    [Theory]
    [InlineData("ChatCompletions")]
    [InlineData("Embeddings")]
    public async Task WholeAnswer_BehindAHostThatCutsSilence_Is504BeforeItDoes(string door)
    {
        using var gateway = new TestGateway(
            "models: { m: [openai/x, groq/y] }", limits: new GatewayHostLimits { FirstByte = Seconds(225) });
        gateway.Upstream.Hang();
        ClientCall call = door == "Embeddings"
            ? gateway.Start(GatewayEndpoints.Embeddings, """{"model":"m","input":"hi"}""")
            : gateway.Start(GatewayEndpoints.ChatCompletions, Wires.Chat);
        gateway.Clock.Advance(Seconds(224.9));
        Assert.False(call.Done.IsCompleted);
        gateway.Clock.Advance(Seconds(0.1));
        await call.Done;
        Assert.Equal((504, "timeout"), (call.Status, call.Error("code")));
        Assert.Contains("Ask for a stream", call.Error("message"), Ordinal);
        Assert.Single(gateway.Upstream.Seen);
    }

    [Fact]
    public async Task Stream_BehindAHostThatCutsSilence_IsKeptAliveUpToItsTotal()
    {
        using var gateway = new TestGateway(
            "models: { m: { targets: [openai/x], timeout: { first-byte: 1h, total: 20m } } }",
            limits: new GatewayHostLimits { FirstByte = Seconds(225), Delivery = TimeSpan.Zero });
        gateway.Upstream.Hang();
        ClientCall call = gateway.Start(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        gateway.Clock.Advance(TimeSpan.FromMinutes(19));
        Assert.False(call.Done.IsCompleted);
        Assert.Contains("keep-alive", call.Text, Ordinal);
        gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        await call.Done;
        Assert.Contains("timeout.total", call.Text, Ordinal);
    }

    [Fact]
    public async Task Stream_LongerThanFirstByteAndIdle_IsNotCutWhileBytesCome()
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        body.Tell(Wires.ChatRole + Wires.ChatText);
        await body.Hungry;
        for (int i = 0; i < 8; i++)
        {
            _gateway.Clock.Advance(Seconds(40));
            body.Tell(Wires.ChatMore);
            await body.Hungry;
        }

        body.Tell(Wires.ChatFinish + Wires.ChatDone).End();
        await call.Done;
        Assert.Equal(200, call.Status);
        ChatStreamLaws.Check(call.Text, includeUsage: false);
        Assert.Null(_gateway.Record.Error);
    }

    [Fact]
    public async Task Stream_FallsSilent_EndsInAnErrorAfterItsTime()
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        body.Tell(Wires.ChatRole + Wires.ChatText);
        await body.Hungry;
        _gateway.Clock.Advance(Seconds(49.9));
        Assert.False(call.Done.IsCompleted);
        _gateway.Clock.Advance(Seconds(0.1));
        await call.Done;
        Assert.Contains("openai fell silent in the middle of its answer for 50 s.", call.Text, Ordinal);
        ChatStreamLaws.Check(call.Text, includeUsage: false);
        Assert.True(body.Token.IsCancellationRequested && body.Disposed);
        Assert.Equal(Lightport.Conversation.ErrorKind.Timeout, _gateway.Record.Error!.Kind);
    }

    [Fact]
    public async Task Stream_FallsSilentBeforeItsContent_NextTargetAnswers()
    {
        using var gateway = new TestGateway(Fallback);
        var silent = new ScriptedBody();
        gateway.Upstream.Answer(ScriptedResponse.Events(silent)).Answer(ScriptedResponse.Events(Wires.ChatEvents));
        ClientCall call = gateway.Start(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        silent.Tell(Wires.ChatRole);
        await silent.Hungry;
        gateway.Clock.Advance(Seconds(10));
        await call.Done;
        Assert.Contains("Hello", call.Text, Ordinal);
        Assert.Equal("groq", call.Header("x-lightport-provider"));
        Assert.True(silent.Disposed);
    }

    [Fact]
    public async Task WholeBody_FallsSilent_Is504AfterItsTime()
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(new ScriptedResponse(200, "application/json", body));
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.Chat);
        body.Tell(Wires.ChatAnswer[..20]);
        await body.Hungry;
        _gateway.Clock.Advance(Seconds(40));
        body.Tell(Wires.ChatAnswer[20..40]);
        await body.Hungry;
        _gateway.Clock.Advance(Seconds(49));
        Assert.False(call.Done.IsCompleted);
        _gateway.Clock.Advance(Seconds(1));
        await call.Done;
        Assert.Equal(504, call.Status);
    }

    [Fact]
    public async Task WholeRequest_TakesTooLong_Is504BeforeContentAndAnErrorEventAfter()
    {
        using var gateway = new TestGateway(
            "models: { m: { targets: [openai/x], timeout: { first-byte: 1h, total: 10s } } }");
        gateway.Upstream.Hang();
        ClientCall early = gateway.Start(GatewayEndpoints.Messages, Wires.Messages);
        gateway.Clock.Advance(Seconds(10));
        await early.Done;
        Assert.Equal(504, early.Status);
        Assert.Contains("timeout.total", early.Error("message"), StringComparison.Ordinal);

        var body = new ScriptedBody();
        gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall late = gateway.Start(GatewayEndpoints.Messages, Wires.MessagesStream);
        body.Tell(Wires.ChatRole + Wires.ChatText);
        await body.Hungry;
        gateway.Clock.Advance(Seconds(10));
        await late.Done;
        Assert.Equal(200, late.Status);
        Assert.Null(MessagesStreamLaws.Check(late.Text));
        Assert.Contains("timeout.total", late.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeepAlive_ComesAfterFifteenSecondsOfSilenceAndNotBefore()
    {
        _gateway.Upstream.Hang();
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        _gateway.Clock.Advance(Seconds(14.9));
        Assert.Empty(call.Text);
        _gateway.Clock.Advance(Seconds(0.1));
        await call.Body.Receives(": keep-alive\n\n");
        Assert.Equal(": keep-alive\n\n", call.Text);
        Assert.Equal("text/event-stream", call.Header("content-type"));
        Assert.Equal(200, call.Status);
        call.Abort();
        await call.Done;
    }

    [Fact]
    public async Task KeepAlive_CommitsTheStatusAndNotTheAttempt()
    {
        using var gateway = new TestGateway(Fallback);
        gateway.Upstream.Hang().Answer(ScriptedResponse.Events(Wires.ChatEvents));
        ClientCall call = gateway.Start(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        gateway.Clock.Advance(Seconds(15));
        await call.Body.Receives("keep-alive");
        gateway.Clock.Advance(Seconds(5));
        await call.Done;
        Assert.Equal(200, call.Status);
        Assert.Contains("Hello", call.Text, StringComparison.Ordinal);
        Assert.Equal("groq", gateway.Record.Provider);
        Assert.Equal(2, gateway.Record.Attempts);
    }

    [Theory]
    [InlineData("ChatCompletions")]
    [InlineData("Messages")]
    public async Task KeepAlive_ThenAnError_TellsItInsideTheStream(string door)
    {
        using var gateway = new TestGateway("models: { m: { targets: [openai/x], retry: { attempts: 1 } } }");
        var gate = new TaskCompletionSource();
        gateway.Upstream.Answer(async _ =>
        {
            await gate.Task;
            return ScriptedResponse.Error(400, "bad_thing");
        });
        bool chat = door == "ChatCompletions";
        ClientCall call = gateway.Start(
            chat ? GatewayEndpoints.ChatCompletions : GatewayEndpoints.Messages,
            chat ? Wires.ChatStream : Wires.MessagesStream);
        gateway.Clock.Advance(Seconds(15));
        await call.Body.Receives("keep-alive");
        gate.SetResult();
        await call.Done;
        Assert.Equal(200, call.Status);
        Assert.Contains("Told by the provider.", call.Text, StringComparison.Ordinal);
        Assert.True(call.Lifetime.BrokenOff);
        if (chat)
        {
            ChatStreamLaws.Check(call.Text, includeUsage: false);
        }
        else
        {
            Assert.Null(MessagesStreamLaws.Check(call.Text));
        }
    }

    [Fact]
    public async Task KeepAlive_ThenAWholeAnswer_IsToldInTheStream()
    {
        var gate = new TaskCompletionSource();
        _gateway.Upstream.Answer(async _ =>
        {
            await gate.Task;
            return ScriptedResponse.Json(Wires.ChatAnswer);
        });
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        _gateway.Clock.Advance(Seconds(15));
        await call.Body.Receives("keep-alive");
        gate.SetResult();
        await call.Done;
        Assert.Contains("Hello", call.Text, Ordinal);
        ChatStreamLaws.Check(call.Text, includeUsage: false);
    }

    [Fact]
    public async Task KeepAlive_InTheMiddleOfAStream_StandsBetweenEvents()
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        body.Tell(Wires.ChatRole + Wires.ChatText);
        await call.Body.Receives("Hello");
        await body.Hungry;
        body.Tell(Wires.ChatMore[..40]);
        await body.Hungry;
        _gateway.Clock.Advance(Seconds(20));
        await call.Body.Receives("keep-alive");
        body.Tell(Wires.ChatMore[40..] + Wires.ChatFinish + Wires.ChatDone).End();
        await call.Done;
        Assert.Equal(
            Wires.ChatRole + Wires.ChatText + ": keep-alive\n\n" + Wires.ChatMore + Wires.ChatFinish + Wires.ChatDone,
            call.Text);
    }

    [Fact]
    public async Task KeepAlive_InAWholeAnswersWait_NeverComes()
    {
        _gateway.Upstream.Hang();
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.Chat);
        _gateway.Clock.Advance(Seconds(45));
        Assert.Empty(call.Text);
        call.Abort();
        await call.Done;
    }

    [Fact]
    public async Task KeepAlive_ToAClientThatDoesNotRead_IsNotPiledUp()
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        body.Tell(Wires.ChatRole + Wires.ChatText);
        await call.Body.Receives("Hello");
        await body.Hungry;
        call.Body.Stall();
        body.Tell(Wires.ChatMore);
        await call.Body.Stalled.Task;
        _gateway.Clock.Advance(Seconds(45));
        call.Abort();
        await call.Done;
        Assert.DoesNotContain("keep-alive", call.Text, StringComparison.Ordinal);
    }

    public void Dispose() => _gateway.Dispose();

    private const string Fallback = """
        models:
          m:
            targets: [openai/gpt-4o-mini, groq/llama]
            retry: { attempts: 1 }
            timeout: { first-byte: 20s, idle: 10s }
        """;

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
