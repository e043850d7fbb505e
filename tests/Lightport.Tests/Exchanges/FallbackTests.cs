using Lightport.Conversation;
using Lightport.Tests.Dialects;
using Lightport.Transport;

namespace Lightport.Tests.Exchanges;

/// <summary>Another target takes over until the first content, and never after.</summary>
public sealed class FallbackTests : IDisposable
{
    private readonly TestGateway _gateway = new("""
        models:
          m:
            targets: [groq/llama, openai/gpt-4o-mini]
            retry: { attempts: 1 }
        """);

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(401)]
    [InlineData(404)]
    public async Task StatusError_NextTargetAnswers(int status)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Error(status)).Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);
        Assert.Equal(200, call.Status);
        Assert.Equal(Wires.ChatAnswer, call.Text);
        Assert.Equal("openai", call.Header("x-lightport-provider"));
        Assert.Equal("gpt-4o-mini", call.Header("x-lightport-model"));
        Assert.Equal("2", call.Header("x-lightport-attempts"));
        Assert.Equal("m", call.Header("x-lightport-route"));
    }

    [Fact]
    public async Task RequestsOwnFault_IsToldAtOnce()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Error(400, "bad_thing"));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);
        Assert.Equal(400, call.Status);
        Assert.Equal("bad_thing", call.Error("code"));
        Assert.Single(_gateway.Upstream.Seen);
    }

    /// <summary>One that counts on and on and then fails has been taken to have begun: its error is the end.</summary>
    [Fact]
    public async Task StreamThatOnlyCountsAndFails_LeavesNoEmptyAnswer()
    {
        string counts = string.Concat(Enumerable.Repeat(Wires.ChatUsage, 5000));
        _gateway.Upstream
            .Answer(ScriptedResponse.Events(Wires.ChatRole + counts + Wires.ChatError))
            .Answer(ScriptedResponse.Events(Wires.ChatEvents));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.MessagesStream);

        Assert.Equal(200, call.Status);
        Assert.StartsWith("event: error\n", call.Text, StringComparison.Ordinal);
        Assert.Single(_gateway.Upstream.Seen);
    }

    [Theory]
    [InlineData(UpstreamFailure.Connect)]
    [InlineData(UpstreamFailure.ConnectTimeout)]
    [InlineData(UpstreamFailure.Broken)]
    public async Task ConnectionFailure_NextTargetAnswers(UpstreamFailure failure)
    {
        _gateway.Upstream.Fail(failure).Answer(ScriptedResponse.Events(Wires.ChatEvents));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        Assert.Equal(200, call.Status);
        ChatStreamLaws.Check(call.Text, includeUsage: false);
        Assert.Equal("openai", _gateway.Record.Provider);
    }

    [Theory]
    [InlineData(UpstreamFailure.Connect, 502, "connect_failed")]
    [InlineData(UpstreamFailure.ConnectTimeout, 504, "connect_timeout")]
    [InlineData(UpstreamFailure.Broken, 502, "upstream_error")]
    public async Task ConnectionFailureOfAll_IsTheLastsError(UpstreamFailure failure, int status, string code)
    {
        _gateway.Upstream.Fail(failure).Fail(failure);
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);
        Assert.Equal(status, call.Status);
        Assert.Equal(code, call.Error("code"));
        Assert.DoesNotContain("no such road", call.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Wires.ChatError)]
    [InlineData(Wires.ChatRole + Wires.ChatError)]
    [InlineData(Wires.ChatRole)]
    [InlineData("")]
    [InlineData("data: {\"truncated\n\n")]
    public async Task BrokenBeforeContent_NextTargetAnswersAndNothingOfTheFirstIsSeen(string first)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(first)).Answer(ScriptedResponse.Events(Wires.ChatEvents));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        Assert.Equal(200, call.Status);
        Assert.Equal(Wires.ChatEvents.Replace(Wires.ChatUsage, "", StringComparison.Ordinal), call.Text);
        Assert.Equal(2, _gateway.Record.Attempts);
    }

    [Theory]
    [InlineData("ChatCompletions")]
    [InlineData("Messages")]
    public async Task ErrorEventBeforeContentOfAll_IsARealStatus(string door)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(Wires.ChatError))
            .Answer(ScriptedResponse.Events(Wires.ChatError));
        ClientCall call = door == "Messages"
            ? await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.MessagesStream)
            : await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        Assert.Equal(502, call.Status);
        Assert.Equal("Told by the provider.", call.Error("message"));
        Assert.StartsWith("application/json", call.Header("content-type"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErrorEventAfterContent_IsToldAndNothingTriedAgain()
    {
        var body = new ScriptedBody().Tell(Wires.ChatRole + Wires.ChatText).Tell(Wires.ChatError).End();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        Assert.Equal(200, call.Status);
        ChatStreamLaws.Check(call.Text, includeUsage: false);
        Assert.Contains("Told by the provider.", call.Text, StringComparison.Ordinal);
        Assert.Single(_gateway.Upstream.Seen);
        Assert.NotNull(_gateway.Record.Error);
    }

    [Theory]
    [InlineData("ChatCompletions", "groq")]
    [InlineData("Messages", "groq")]
    [InlineData("ChatCompletions", "anthropic")]
    [InlineData("Messages", "anthropic")]
    [InlineData("ChatCompletions", "openai")]
    public async Task ResetAfterContent_IsAnErrorEventThenTheEnd(string door, string provider)
    {
        using var gateway = new TestGateway($"models: {{ m: {{ targets: [{provider}/x, loose/y] }} }}");
        var body = new ScriptedBody();
        gateway.Upstream.Answer(ScriptedResponse.Events(body));
        body.Tell(provider == "anthropic" ? Wires.MessagesStart + Wires.MessagesText : Wires.ChatRole + Wires.ChatText);
        body.Break();
        bool chat = door == "ChatCompletions";
        ClientCall call = chat
            ? await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream)
            : await gateway.SendAsync(GatewayEndpoints.Messages, Wires.MessagesStream);
        Assert.Contains("Hello", call.Text, StringComparison.Ordinal);
        Assert.Contains("broke", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("reset by peer", call.Text, StringComparison.Ordinal);
        if (chat)
        {
            ChatStreamLaws.Check(call.Text, includeUsage: false);
        }
        else
        {
            Assert.Null(MessagesStreamLaws.Check(call.Text));
        }

        Assert.Equal(ErrorStage.Stream, gateway.Record.Error!.Stage);
        Assert.Single(gateway.Upstream.Seen);
    }

    /// <summary>What a provider has read it may have worked on: it would be paid for twice.</summary>
    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    [InlineData(0)]
    public async Task RequestThatWasRead_IsNotSentToTheSameTargetAgain(int status)
    {
        using var gateway = new TestGateway("models: { m: [openai/x] }");
        _ = status == 0
            ? gateway.Upstream.Fail(UpstreamFailure.Broken)
            : gateway.Upstream.Answer(ScriptedResponse.Error(status));
        ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);
        Assert.Equal(status == 0 ? 502 : status, call.Status);
        Assert.Single(gateway.Upstream.Seen);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(529)]
    [InlineData(0)]
    public async Task RequestThatWasNotWorkedOn_IsSentToTheSameTargetAgain(int status)
    {
        using var gateway = new TestGateway("models: { m: [openai/x] }");
        _ = status == 0
            ? gateway.Upstream.Fail(UpstreamFailure.Connect)
            : gateway.Upstream.Answer(ScriptedResponse.Error(status));
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall call = gateway.Start(GatewayEndpoints.ChatCompletions, Wires.Chat);
        while (!call.Done.IsCompleted)
        {
            if (gateway.Clock.Waiting is [{ TotalSeconds: < 1 } pause, ..])
            {
                gateway.Clock.Advance(pause);
            }

            await Task.Yield();
        }

        Assert.Equal((200, "2"), (call.Status, call.Header("x-lightport-attempts")));
    }

    [Fact]
    public async Task RetryAfter_OfTheProvider_IsWaitedForAtTheSameTarget()
    {
        using var gateway = new TestGateway("models: { m: { targets: [openai/x] } }");
        gateway.Upstream
            .Answer(new ScriptedResponse(429, null, Stream.Null) { Fields = { ["retry-after"] = "4" } })
            .Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall call = gateway.Start(GatewayEndpoints.ChatCompletions, Wires.Chat);
        await gateway.Clock.WaitingFor(TimeSpan.FromSeconds(4));
        Assert.Single(gateway.Upstream.Seen);
        gateway.Clock.Advance(TimeSpan.FromSeconds(4));
        await call.Done;
        Assert.Equal(200, call.Status);
        Assert.Equal(gateway.Upstream.Seen[0].Body, gateway.Upstream.Seen[1].Body);
    }

    [Fact]
    public async Task RetryAfter_LongerThanIsWaited_GoesOnAndIsToldAtTheEnd()
    {
        using var gateway = new TestGateway("models: { m: { targets: [openai/x] } }");
        gateway.Upstream.Answer(new ScriptedResponse(429, null, Stream.Null)
        {
            Fields = { ["retry-after"] = "60", ["x-ratelimit-remaining-requests"] = "0", ["set-cookie"] = "a=b" },
        });
        ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);
        Assert.Equal(429, call.Status);
        Assert.Equal("60", call.Header("retry-after"));
        Assert.Equal("0", call.Header("x-ratelimit-remaining-requests"));
        Assert.Null(call.Header("set-cookie"));
    }

    [Fact]
    public async Task ShouldRetry_False_IsFinalAtThatTarget()
    {
        using var gateway = new TestGateway("models: { m: { targets: [openai/x] } }");
        gateway.Upstream.Answer(
            new ScriptedResponse(503, null, Stream.Null) { Fields = { ["x-should-retry"] = "false" } });
        ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);
        Assert.Equal(503, call.Status);
        Assert.Equal("false", call.Header("x-should-retry"));
        Assert.Single(gateway.Upstream.Seen);
    }

    [Fact]
    public async Task NoRetryAsked_FirstFailureIsFinal()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Error(500));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            Wires.Chat,
            new Dictionary<string, string> { ["x-lightport-no-retry"] = "1" });
        Assert.Equal(500, call.Status);
        Assert.Single(_gateway.Upstream.Seen);
    }

    [Fact]
    public async Task SecondAttempt_GetsTheClientsBytesAgain()
    {
        using var gateway = new TestGateway("models: { m: [loose/a, loose/b, anthropic/c, openai/m] }");
        const string Request = """
            { "model":"m" , "messages":[{"role":"user","content":"h\u00e9"}],  "x_new":1.0,"temperature":1e0 }
            """;
        gateway.Upstream.Answer(ScriptedResponse.Error(404)).Answer(ScriptedResponse.Error(404))
            .Answer(ScriptedResponse.Error(404)).Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Request);
        Assert.Equal(Request.Replace("\"m\"", "\"a\"", StringComparison.Ordinal), gateway.Upstream.Seen[0].Body);
        Assert.Equal(Request.Replace("\"m\"", "\"b\"", StringComparison.Ordinal), gateway.Upstream.Seen[1].Body);
        Assert.Equal("c", (string?)gateway.Upstream.Seen[2].Json["model"]);
        Assert.Equal(Request, gateway.Upstream.Seen[3].Body);
    }

    public void Dispose() => _gateway.Dispose();
}
