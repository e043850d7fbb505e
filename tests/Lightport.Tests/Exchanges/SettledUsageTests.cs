using Lightport.Conversation;
using Lightport.Transport;
using Lightport.Transport.Body;
using Lightport.Usage;
using Microsoft.Extensions.Logging;

namespace Lightport.Tests.Exchanges;

/// <summary>However an answer ends, what it used is told: by the provider, or else estimated and marked.</summary>
public sealed class SettledUsageTests : IDisposable
{
    private const string Models = """
        models:
          exact: { targets: [openai/x, groq/y], retry: { attempts: 1 } }
          loose: { targets: [loose/x, groq/y], retry: { attempts: 1 } }
          claude: { targets: [anthropic/x, groq/y], retry: { attempts: 1 } }
          fast: [groq/y]
          spark: [openai/gpt-5.3-codex-spark]
          said: [{ to: groq/y, traits: { tokens-per-second: 300 } }]
        """;

    private readonly TestGateway _gateway = new(Models);

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (string door in (string[])["ChatCompletions", "Messages"])
            {
                foreach (string model in (string[])["exact", "loose", "claude"])
                {
                    pairs.Add(door, model);
                }
            }

            return pairs;
        }
    }

    private static string Text { get; } = new('x', 400);

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task StreamThatItsClientLeaves_IsEstimatedFromWhatPassed(string door, string model)
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = Start(door, model, stream: true);
        TellBeginning(body, model);
        await call.Body.Receives(Text);
        await body.Hungry;
        call.Abort();
        await call.Done;

        CheckBrokenOff(model, door);
        Assert.Equal(499, _gateway.Record.Status);
        Assert.Empty(_gateway.Record.Lost);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task StreamThatBreaks_IsEstimatedFromWhatPassed(string door, string model)
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = Start(door, model, stream: true);
        TellBeginning(body, model);
        body.Break();
        await call.Done;

        CheckBrokenOff(model, door);
        Assert.True(_gateway.Record.Failed);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task StreamThatFails_IsEstimatedFromWhatPassed(string door, string model)
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = Start(door, model, stream: true);
        TellBeginning(body, model);
        body.Tell(model == "claude" ? Wires.MessagesError : Wires.ChatError).End();
        await call.Done;

        CheckBrokenOff(model, door);
    }

    /// <summary>
    /// Most models that reason show nothing of it: a hundred tokens a second until their first words, up to the most.
    /// </summary>
    [Theory]
    [InlineData("", false, 700)]
    [InlineData(""","max_completion_tokens":256""", false, 256)]
    [InlineData("", true, 702)]
    public async Task StreamThatItsClientLeaves_CountsWhatWasThoughtBeforeItsWords(
        string said, bool speaks, int completion)
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = _gateway.Start(
            GatewayEndpoints.ChatCompletions,
            $$"""{"model":"exact","messages":[{"role":"user","content":"hi"}],"stream":true{{said}}}""");
        body.Tell(Wires.ChatRole);
        await body.Hungry;
        _gateway.Clock.Advance(TimeSpan.FromSeconds(7));
        if (speaks)
        {
            body.Tell(Wires.ChatText);
            await call.Body.Receives("Hello");
            await body.Hungry;
            _gateway.Clock.Advance(TimeSpan.FromSeconds(7));
        }

        call.Abort();
        await call.Done;

        TokenUsage usage = _gateway.Record.Usage!;
        Assert.Equal((completion, true), (usage.Completion, usage.Estimated));
    }

    [Fact]
    public async Task StreamOfBytesThatPass_WithoutUsage_IsEstimated()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(
            Wires.ChatRole + Wires.ChatText + Wires.ChatMore + Wires.ChatFinish + Wires.ChatDone));
        ClientCall call = Start("ChatCompletions", "exact", stream: true);
        await call.Done;

        Assert.Equal(Wires.ChatRole + Wires.ChatText + Wires.ChatMore + Wires.ChatFinish + Wires.ChatDone, call.Text);
        TokenUsage usage = _gateway.Record.Usage!;
        Assert.Equal((Prompt("exact", Wires.ChatStream), 3, true), (usage.Prompt, usage.Completion, usage.Estimated));
    }

    [Theory]
    [InlineData("ChatCompletions", "exact")]
    [InlineData("ChatCompletions", "loose")]
    [InlineData("Messages", "claude")]
    public async Task WholeAnswerThatPasses_WithoutUsage_IsEstimated(string door, string model)
    {
        string answer = model == "claude"
            ? """{"id":"m","type":"message","role":"assistant","model":"c","content":[{"type":"text","text":"12345678"}],"stop_reason":"end_turn"}"""
            : """{"id":"c","object":"chat.completion","created":1,"model":"x","choices":[{"index":0,"message":{"role":"assistant","content":"12345678"},"finish_reason":"stop"}]}""";
        _gateway.Upstream.Answer(ScriptedResponse.Json(answer));
        ClientCall call = Start(door, model, stream: false);
        await call.Done;

        Assert.Equal(answer, call.Text);
        Assert.True(_gateway.Record.Usage is { Completion: 2, Prompt: > 0, Estimated: true });
    }

    [Fact]
    public async Task Embeddings_WithoutUsage_AreEstimatedByTheirPrompt()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json("""{"object":"list","data":[],"model":"x"}"""));
        await _gateway.SendAsync(GatewayEndpoints.Embeddings, """{"model":"exact","input":"hi"}""");

        Assert.True(_gateway.Record.Usage is { Prompt: > 0, Completion: 0, Estimated: true });
    }

    /// <summary>Its provider writes on while nobody waits any more: a hundred tokens a second, up to the most.</summary>
    [Theory]
    [InlineData("", 700)]
    [InlineData(""","max_tokens":256""", 256)]
    [InlineData(""","n":3""", 2100)]
    [InlineData(""","n":3,"max_completion_tokens":256""", 768)]
    public async Task WholeAnswerThatItsClientDoesNotWaitFor_IsEstimatedByItsPromptAndTime(string said, int completion)
    {
        _gateway.Upstream.Hang();
        ClientCall call = _gateway.Start(
            GatewayEndpoints.ChatCompletions,
            $$"""{"model":"exact","messages":[{"role":"user","content":"hi"}]{{said}}}""");
        await _gateway.Upstream.CallAsync();
        _gateway.Clock.Advance(TimeSpan.FromSeconds(7));
        call.Abort();
        await call.Done;

        TokenUsage usage = _gateway.Record.Usage!;
        Assert.Equal((completion, true, true), (usage.Completion, usage.Prompt > 0, usage.Estimated));
    }

    /// <summary>Some write ten times as fast as most do, as their own pages say; others as this installation says.</summary>
    [Theory]
    [InlineData("fast", false, 7000)]
    [InlineData("fast", true, 7000)]
    [InlineData("spark", false, 7000)]
    [InlineData("said", false, 2100)]
    [InlineData("said", true, 2100)]
    public async Task AnswerOfAQuickProviderThatNobodyReads_IsEstimatedByItsPace(
        string model, bool stream, int completion)
    {
        var body = new ScriptedBody();
        if (stream)
        {
            _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        }
        else
        {
            _gateway.Upstream.Hang();
        }

        ClientCall call = _gateway.Start(
            GatewayEndpoints.ChatCompletions,
            $$"""{"model":"{{model}}","messages":[{"role":"user","content":"hi"}],"stream":{{(stream ? "true" : "false")}}}""");
        await _gateway.Upstream.CallAsync();
        if (stream)
        {
            body.Tell(Wires.ChatRole);
            await body.Hungry;
        }

        _gateway.Clock.Advance(TimeSpan.FromSeconds(7));
        call.Abort();
        await call.Done;

        TokenUsage usage = _gateway.Record.Usage!;
        Assert.Equal((completion, true), (usage.Completion, usage.Estimated));
    }

    [Fact]
    public async Task EmbeddingsThatTheirClientDoesNotWaitFor_AreEstimatedByTheirPrompt()
    {
        _gateway.Upstream.Hang();
        ClientCall call = _gateway.Start(GatewayEndpoints.Embeddings, """{"model":"exact","input":"hi"}""");
        await _gateway.Upstream.CallAsync();
        _gateway.Clock.Advance(TimeSpan.FromSeconds(7));
        call.Abort();
        await call.Done;

        CheckPrompt(_gateway.Record.Usage);
    }

    [Fact]
    public async Task WholeAnswerThatThereIsNoMemoryFor_IsEstimatedByItsPrompt()
    {
        using var gateway = new TestGateway(Models, budget: new BodyBudget(2 * 1024 * 1024));
        gateway.Upstream.Answer(ScriptedResponse.Json($$"""{"id":"{{new string('x', 4 * 1024 * 1024)}}"}"""));
        ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("exact", Wires.Chat));

        Assert.Equal(503, call.Status);
        CheckPrompt(gateway.Record.Usage);
    }

    /// <summary>Bytes without an answer, a reset, silence: the provider may have worked, and nothing more is known.</summary>
    [Theory]
    [InlineData("reset")]
    [InlineData("garbage")]
    [InlineData("cut")]
    [InlineData("empty stream")]
    [InlineData("started stream")]
    public async Task AttemptThatFailedAfterItsProviderHadBegun_IsEstimatedBesideTheAnswer(string failure)
    {
        bool stream = failure.EndsWith("stream", StringComparison.Ordinal);
        _ = failure switch
        {
            "reset" => _gateway.Upstream.Fail(UpstreamFailure.Broken),
            "garbage" => _gateway.Upstream.Answer(ScriptedResponse.Json("{\"id\":")),
            "cut" => _gateway.Upstream.Answer(
                new ScriptedResponse(200, "application/json", new ScriptedBody().Tell("{").Break())),
            "empty stream" => _gateway.Upstream.Answer(ScriptedResponse.Events("")),
            _ => _gateway.Upstream.Answer(ScriptedResponse.Events(Wires.ChatRole)),
        };
        _gateway.Upstream.Answer(
            stream ? ScriptedResponse.Events(Wires.ChatEvents) : ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall call = Start("ChatCompletions", "exact", stream);
        await call.Done;

        Assert.Equal(200, call.Status);
        AttemptUsage lost = Assert.Single(_gateway.Record.Lost);
        Assert.Equal(("openai", "x"), (lost.Provider, lost.Model));
        CheckPrompt(lost.Usage);
        Assert.Equal((12, false), (_gateway.Record.Usage!.Total, _gateway.Record.Usage.Estimated));
    }

    [Theory]
    [InlineData("Messages", "break")]
    [InlineData("Messages", "silence")]
    [InlineData("Messages", "leave")]
    [InlineData("ChatCompletions", "break")]
    [InlineData("ChatCompletions", "silence")]
    [InlineData("ChatCompletions", "leave")]
    public async Task StreamThatEndsBeforeItsContent_CountsWhatItHadTold(string door, string end)
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        _gateway.Upstream.Answer(ScriptedResponse.Events(Wires.ChatEvents));
        ClientCall call = Start(door, "claude", stream: true);
        body.Tell(Wires.MessagesStart);
        await body.Hungry;
        switch (end)
        {
            case "break":
                body.Break();
                break;
            case "silence":
                _gateway.Clock.Advance(TimeSpan.FromMinutes(2));
                break;
            default:
                call.Abort();
                break;
        }

        await call.Done;

        TokenUsage? usage = end == "leave" ? _gateway.Record.Usage : Assert.Single(_gateway.Record.Lost).Usage;
        Assert.Equal((9, true), (usage?.Prompt, usage?.Estimated));
    }

    [Fact]
    public async Task AttemptThatFailedByTime_IsEstimatedByItsPromptAndTime()
    {
        _gateway.Upstream.Hang().Hang();
        ClientCall call = Start("ChatCompletions", "exact", stream: false);
        await _gateway.Upstream.CallAsync();
        _gateway.Clock.Advance(TimeSpan.FromMinutes(10));
        await _gateway.Upstream.CallAsync();
        _gateway.Clock.Advance(TimeSpan.FromMinutes(5));
        await call.Done;

        Assert.Equal(504, call.Status);
        Assert.True(Assert.Single(_gateway.Record.Lost).Usage is { Prompt: > 0, Completion: 60_000, Estimated: true });
        Assert.True(_gateway.Record.Usage is { Prompt: > 0, Completion: 300_000, Estimated: true });
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(0)]
    [InlineData(200)]
    public async Task AttemptThatWasRefused_UsedNothing(int status)
    {
        _ = status switch
        {
            0 => _gateway.Upstream.Fail(UpstreamFailure.Connect),
            200 => _gateway.Upstream.Answer(ScriptedResponse.Error(200)),
            _ => _gateway.Upstream.Answer(ScriptedResponse.Error(status)),
        };
        _gateway.Upstream.Fail(UpstreamFailure.ConnectTimeout);
        ClientCall call = Start("ChatCompletions", "exact", stream: false);
        await call.Done;

        Assert.Empty(_gateway.Record.Lost);
        Assert.Null(_gateway.Record.Usage);
    }

    [Fact]
    public async Task CanceledRequest_IsNoErrorInAnyReport()
    {
        _gateway.Upstream.Hang();
        ClientCall call = Start("ChatCompletions", "exact", stream: false);
        await _gateway.Upstream.CallAsync();
        call.Abort();
        await call.Done;

        Assert.False(_gateway.Record.Failed);
        Assert.Equal(LogLevel.Information, _gateway.Line.Level);
        Assert.DoesNotContain(_gateway.Log.Lines, line => line.EventId == 5);
    }

    public void Dispose() => _gateway.Dispose();

    private static long Prompt(string model, string request) => (Wires.For(model, request).Length + 3) / 4;

    private static void CheckPrompt(TokenUsage? usage) =>
        Assert.True(usage is { Prompt: > 0, Completion: 0, Estimated: true }, usage?.ToString() ?? "nothing");

    private static void TellBeginning(ScriptedBody body, string model) => body.Tell(model == "claude"
        ? Wires.MessagesStart + Wires.MessagesText.Replace("Hello", Text, StringComparison.Ordinal)
        : Wires.ChatRole + Wires.ChatText + Wires.ChatMore.Replace(" there", Text, StringComparison.Ordinal));

    /// <summary>Anthropic told the prompt at the start; all else is counted at four bytes a token.</summary>
    private void CheckBrokenOff(string model, string door)
    {
        TokenUsage usage = _gateway.Record.Usage!;
        string request = door == "Messages" ? Wires.MessagesStream : Wires.ChatStream;
        Assert.Equal(model == "claude" ? 9 : Prompt(model, request), usage.Prompt);
        Assert.InRange(usage.Completion, 100, 102);
        Assert.True(usage.Estimated);
    }

    private ClientCall Start(string door, string model, bool stream)
    {
        (GatewayEndpoint endpoint, string body) = (door, stream) switch
        {
            ("Messages", true) => (GatewayEndpoints.Messages, Wires.MessagesStream),
            ("Messages", false) => (GatewayEndpoints.Messages, Wires.Messages),
            (_, true) => (GatewayEndpoints.ChatCompletions, Wires.ChatStream),
            _ => (GatewayEndpoints.ChatCompletions, Wires.Chat),
        };
        return _gateway.Start(endpoint, Wires.For(model, body));
    }
}
