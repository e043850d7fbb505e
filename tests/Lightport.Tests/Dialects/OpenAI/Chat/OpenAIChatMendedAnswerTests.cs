using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects.OpenAI.Chat;

/// <summary>Whole answers of loosely spoken wires, mended as their streams are; what is lawful keeps every byte.</summary>
public sealed class OpenAIChatMendedAnswerTests : IDisposable
{
    private readonly TestGateway _gateway = new("models: { m: [loose/x] }");

    [Theory]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"k","type":"function","function":{"name":"f","arguments":"{}"}}]}""",
        """{"content":null,"role":"assistant","tool_calls":[{"id":"k","type":"function","function":{"name":"f","arguments":"{}"}}]}""")]
    [InlineData("""{"role":"assistant","content":"a","tool_calls":null}""", """{"role":"assistant","content":"a"}""")]
    [InlineData("""{"role":"assistant","tool_calls":null,"function_call":null , "annotations": null}""",
        """{"content":null,"role":"assistant"}""")]
    [InlineData("""{"tool_calls":null,"annotations":null}""", """{"content":null,"role":"assistant"}""")]
    [InlineData("""{"annotations":null,"role":"assistant","content":"a"}""", """{"role":"assistant","content":"a"}""")]
    [InlineData("""{"role":"assistant","content":"a","tool_calls":{"id":"k","function":{"name":"f","arguments":{"q":1}}}}""",
        """{"role":"assistant","content":"a","tool_calls":[{"type":"function","id":"k","function":{"name":"f","arguments":"{\"q\":1}"}}]}""")]
    [InlineData("{}", """{"content":null,"role":"assistant"}""")]
    [InlineData("""{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"a"},{"type":"text","text":"b"}]}""",
        """{"reasoning_content":"hm","role":"assistant","content":"ab"}""")]
    [InlineData("""{"role":"assistant","content":"a","reasoning":"hm \"x\""}""",
        """{"reasoning_content":"hm \"x\"","role":"assistant","content":"a","reasoning":"hm \"x\""}""")]
    [InlineData("""{"role":"assistant","content":"a","reasoning_content":null,"reasoning":"hm"}""",
        """{"role":"assistant","content":"a","reasoning_content":"hm","reasoning":"hm"}""")]
    [InlineData("""{"role":"assistant","content":"a","reasoning_details":[{"type":"reasoning.text","text":"h"},{"type":"reasoning.summary","summary":"m"}]}""",
        """{"reasoning_content":"hm","role":"assistant","content":"a","reasoning_details":[{"type":"reasoning.text","text":"h"},{"type":"reasoning.summary","summary":"m"}]}""")]
    [InlineData("""{"role":"assistant","content":"a","reasoning_content":"x","reasoning":"y"}""",
        """{"role":"assistant","content":"a","reasoning_content":"x","reasoning":"y"}""")]
    public async Task Message_IsMendedAndTheRestLeftAlone(string sent, string expected)
    {
        JsonObject answer = await SendAsync($$$"""
            {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{{{sent}}},"finish_reason":"{{{Finish(sent)}}}"}]}
            """);

        Assert.Equal(expected, Compact(answer["choices"]![0]!["message"]!));
    }

    [Theory]
    [InlineData("""{"prompt_tokens":9,"completion_tokens":1,"total_tokens":10,"cached_tokens":4}""",
        """{"prompt_tokens_details":{"cached_tokens":4},"prompt_tokens":9,"completion_tokens":1,"total_tokens":10,"cached_tokens":4}""")]
    [InlineData("""{"prompt_tokens":9,"prompt_tokens_details":null,"num_cached_tokens":4}""",
        """{"prompt_tokens":9,"prompt_tokens_details":{"cached_tokens":4},"num_cached_tokens":4}""")]
    [InlineData("""{"prompt_tokens":9,"prompt_tokens_details":{"audio_tokens":0},"prompt_cache_hit_tokens":4}""",
        """{"prompt_tokens":9,"prompt_tokens_details":{"cached_tokens":4,"audio_tokens":0},"prompt_cache_hit_tokens":4}""")]
    [InlineData("""{"prompt_tokens":9,"completion_tokens":8,"reasoning_tokens":7}""",
        """{"completion_tokens_details":{"reasoning_tokens":7},"prompt_tokens":9,"completion_tokens":8,"reasoning_tokens":7}""")]
    [InlineData("""{"prompt_tokens":9,"prompt_tokens_details":{"cached_tokens":3},"num_cached_tokens":4}""",
        """{"prompt_tokens":9,"prompt_tokens_details":{"cached_tokens":3},"num_cached_tokens":4}""")]
    public async Task Usage_StandsWhereItIsLookedForWholeAndStreamed(string sent, string expected)
    {
        JsonObject answer = await SendAsync($$$"""
            {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"a"},"finish_reason":"stop"}],"usage":{{{sent}}}}
            """);
        Assert.Equal(expected, Compact(answer["usage"]!));

        const string Head = """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":""";
        foreach (string last in new[] { "{\"content\":\"a\"},\"finish_reason\":\"stop\"}]", "{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\ndata: " + Head + "[]" })
        {
            _gateway.Upstream.Answer(ScriptedResponse.Events(
                $"data: {Head}[{{\"index\":0,\"delta\":{last},\"usage\":{sent}}}\n\ndata: [DONE]\n\n"));
            ClientCall call = await _gateway.SendAsync(
                GatewayEndpoints.ChatCompletions, Wires.ChatStream[..^1] + ",\"stream_options\":{\"include_usage\":true}}");
            ChatStreamLaws.Check(call.Text, includeUsage: true);
            Assert.Contains($"\"choices\":[],\"usage\":{expected}}}\n\n", call.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Choice_WithoutIndexFinishOrMessage_GetsThem()
    {
        JsonObject answer = await SendAsync(
            """{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"delta":{"role":"assistant","content":"a"}},{"content_filter_results":{}}]}""");

        Assert.Equal(
            """[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"a"}},{"index":1,"message":{"role":"assistant","content":null},"finish_reason":"stop","content_filter_results":{}}]""",
            Compact(answer["choices"]!));
    }

    [Fact]
    public async Task Choice_WithMessageAndDelta_IsReadByItsMessage()
    {
        JsonObject answer = await SendAsync(
            """{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"a"},"delta":{"role":"assistant","content":""},"finish_reason":"stop"}]}""");

        Assert.Equal("""{"role":"assistant","content":"a"}""", Compact(answer["choices"]![0]!["message"]!));
        Assert.Equal("""{"role":"assistant","content":""}""", Compact(answer["choices"]![0]!["delta"]!));
    }

    /// <summary>The first chunk has filter results and empty names; the filter's own chunks have no finish.</summary>
    [Fact]
    public async Task AzuresStream_IsOneAnswerFromItsFirstChunk()
    {
        const string Azure = """
            data: {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0,"content_filter_results":{}}]}

            data: {"choices":[{"content_filter_results":{},"delta":{"content":"","role":"assistant"},"finish_reason":null,"index":0,"logprobs":null}],"created":7,"id":"chatcmpl-1","model":"gpt-4o","object":"chat.completion.chunk"}

            data: {"choices":[{"content_filter_results":{},"delta":{"content":"a"},"finish_reason":null,"index":0}],"created":7,"id":"chatcmpl-1","model":"gpt-4o","object":"chat.completion.chunk"}

            data: {"choices":[{"content_filter_offsets":{"check_offset":1},"content_filter_results":{},"delta":{},"index":0}],"created":0,"id":"","model":"","object":""}

            data: {"choices":[{"delta":{},"finish_reason":"stop","index":0}],"created":7,"id":"chatcmpl-1","model":"gpt-4o","object":"chat.completion.chunk"}

            data: [DONE]


            """;
        using var gateway = new TestGateway(
            "  azure: { use: azure-openai, resource: r, key: GROQ_API_KEY }\nmodels: { m: [azure/gpt-4o] }");
        gateway.Upstream.Answer(ScriptedResponse.Events(Azure));
        ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);

        ChatStreamLaws.Check(call.Text, includeUsage: false);
        Assert.Contains("\"prompt_filter_results\"", call.Text, StringComparison.Ordinal);
        Assert.Contains("\"content_filter_offsets\"", call.Text, StringComparison.Ordinal);
        Assert.Equal("chatcmpl-1", gateway.Record.ResponseId);
    }

    [Fact]
    public async Task Stream_ThinkingUnderAnyNameAndNoFinishReason_KeepsEveryLaw()
    {
        const string Head = "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":";
        _gateway.Upstream.Answer(ScriptedResponse.Events(
            Head + "{\"reasoning\":\"h\"}}]}\n\n"
            + Head + "{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"m\"}]}}]}\n\n"
            + Head + "{\"content\":\"a\"}}]}\n\n"
            + Head + "{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);

        ChatStreamLaws.Check(call.Text, includeUsage: false);
        Assert.Contains("\"reasoning_content\":\"h\"", call.Text, StringComparison.Ordinal);
        Assert.Contains("\"reasoning_content\":\"m\"", call.Text, StringComparison.Ordinal);
        Assert.Equal(3, call.Text.Split("\"finish_reason\":null").Length - 1);
    }

    public void Dispose() => _gateway.Dispose();

    private static string Finish(string message) => message.Contains("\"tool_calls\":[", StringComparison.Ordinal)
        ? "tool_calls"
        : "stop";

    /// <summary>As it stands, but for white space, which the mender leaves as it found it.</summary>
    private static string Compact(JsonNode json) => json.ToJsonString(
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private async Task<JsonObject> SendAsync(string answer)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(answer));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);
        Assert.Equal(200, call.Status);
        return call.Json;
    }
}
