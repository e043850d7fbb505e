using Lightport.Conversation;

namespace Lightport.Tests.Exchanges;

/// <summary>A stream was asked for where the provider has none, in dialects that are only passed on.</summary>
public sealed class UnstreamedAnswerTests : IDisposable
{
    private const string Request = """{"model":"m","prompt":"hi","stream":true}""";

    private const string Answer = """
        {"id":"cmpl-1","object":"text_completion","created":1,"model":"x",
         "choices":[{"text":"Hello","index":0,"logprobs":null,"finish_reason":"length"}],
         "usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}
        """;

    private readonly TestGateway _gateway = new("models: { m: [openai/x], loose: [loose/x] }");

    [Theory]
    [InlineData("m")]
    [InlineData("loose")]
    public async Task Completion_AnsweredWhole_IsToldAsAStream(string model)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Answer.ReplaceLineEndings("\r\n")));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Completions, Wires.For(model, Request));

        Assert.Equal((200, "text/event-stream"), (call.Status, call.Header("content-type")));
        string line = Assert.Single(call.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[..^1]);
        Assert.StartsWith("data: {\"id\":\"cmpl-1\"", line, StringComparison.Ordinal);
        Assert.Contains("\"text\":\"Hello\"", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', line);
        Assert.DoesNotContain("usage", line, StringComparison.Ordinal);
        Assert.EndsWith("\n\ndata: [DONE]\n\n", call.Text, StringComparison.Ordinal);
        Assert.Equal(12, _gateway.Record.Usage!.Total);
        Assert.Equal(FinishReason.Length, _gateway.Record.Finish);
    }

    [Fact]
    public async Task Completion_AnsweredWholeToAClientThatCounts_TellsUsageLast()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Answer));

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Completions,
            """{"model":"m","prompt":"hi","stream":true,"stream_options":{"include_usage":true}}""");

        Assert.EndsWith(
            "\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}}\n\ndata: [DONE]\n\n",
            call.Text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"message":"Told by the provider.","code":400}}""", 400)]
    [InlineData("<html>", 502)]
    [InlineData("{}", 502)]
    public async Task Completion_AnsweredWithNone_IsAnError(string body, int status)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(body));

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Completions,
            Request,
            new Dictionary<string, string> { ["x-lightport-no-retry"] = "1" });

        Assert.Equal(status, call.Status);
        Assert.NotNull(call.Error("message"));
    }

    [Fact]
    public async Task Embeddings_AskedAsAStream_ComeWhole()
    {
        const string Vectors =
            """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[1,2]}],"model":"x","usage":{"prompt_tokens":2,"total_tokens":2}}""";
        var gate = new TaskCompletionSource();
        _gateway.Upstream.Answer(async _ =>
        {
            await gate.Task;
            return ScriptedResponse.Json(Vectors);
        });
        ClientCall call = _gateway.Start(
            GatewayEndpoints.Embeddings, """{"model":"m","input":"hi","stream":true}""");
        _gateway.Clock.Advance(TimeSpan.FromSeconds(20));
        gate.SetResult();
        await call.Done;

        Assert.Equal((200, "application/json"), (call.Status, call.Header("content-type")));
        Assert.Equal(Vectors, call.Text);
        Assert.Equal(2, _gateway.Record.Usage!.Prompt);
    }

    public void Dispose() => _gateway.Dispose();
}
