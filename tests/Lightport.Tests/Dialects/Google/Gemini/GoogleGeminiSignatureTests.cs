using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects.Google.Gemini;

/// <summary>
/// Gemini's signatures through clients that echo an answer, and what is sent where one was lost
/// (https://ai.google.dev/gemini-api/docs/thought-signatures).
/// </summary>
public sealed class GoogleGeminiSignatureTests : IDisposable
{
    private const string TwoCalls = """
        {"text":"hm","thought":true},
        {"functionCall":{"id":"k1","name":"f","args":{"a":1}},"thoughtSignature":"c2ln"},
        {"functionCall":{"id":"k2","name":"f","args":{"a":2}}}
        """;

    private readonly GeminiGateway _gateway = new();

    public static TheoryData<bool, bool> Ways => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    /// <summary>The signature of parallel calls stands on the first alone, and comes back there.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Signature_OfACall_ComesBackOnIt(bool messages, bool stream)
    {
        JsonArray parts = await EchoAsync(messages, stream, TwoCalls);

        GeminiWire.Same("""
            [{"functionCall":{"id":"k1","name":"f","args":{"a":1}},"thoughtSignature":"c2ln"},
             {"functionCall":{"id":"k2","name":"f","args":{"a":2}}}]
            """, parts);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Signature_OfAText_ComesBackInItsTurn(bool messages, bool stream)
    {
        JsonArray parts = await EchoAsync(messages, stream, "{\"text\":\"a\"},{\"text\":\"\",\"thoughtSignature\":\"c2ln\"}");

        Assert.Equal("a", string.Concat(parts.Select(part => (string?)part!["text"])));
        Assert.Equal(["c2ln"], parts.Select(part => (string?)part!["thoughtSignature"]).OfType<string>());
    }

    [Theory]
    [InlineData("g3", "skip_thought_signature_validator")]
    [InlineData("g25", null)]
    public async Task Call_OfAnotherVendor_IsExcusedWhereItMustBeSigned(string model, string? signature)
    {
        (JsonObject sent, string[] lost) = await _gateway.MessagesAsync(model, """
            "tools":[{"name":"f","input_schema":{"type":"object"}}],
            "messages":[{"role":"user","content":"hi"},
              {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"EqRoreign"},
                {"type":"tool_use","id":"k1","name":"f","input":{}},{"type":"tool_use","id":"k2","name":"f","input":{}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"k1","content":"1"},{"type":"tool_result","tool_use_id":"k2","content":"2"}]}]
            """);

        JsonArray parts = sent["contents"]![1]!["parts"]!.AsArray();
        Assert.Equal([signature, null], parts.Select(part => (string?)part!["thoughtSignature"]));
        Assert.Equal(signature is null ? ["thinking.signature"] : ["thinking.signature", "thought_signature"], lost);
    }

    /// <summary>What another account or model signed is readable by that one alone.</summary>
    [Fact]
    public async Task Signature_OfAnotherModel_IsLeftOutAndTold()
    {
        JsonObject echoed = await AnswerAsync(messages: true, stream: false, TwoCalls);
        (JsonObject sent, string[] lost) = await _gateway.MessagesAsync("g31", FollowUp(messages: true, echoed));

        Assert.Equal(
            ["skip_thought_signature_validator", null],
            sent["contents"]![1]!["parts"]!.AsArray().Select(part => (string?)part!["thoughtSignature"]));
        Assert.Equal(["thinking.signature", "thought_signature"], lost);
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<JsonArray> EchoAsync(bool messages, bool stream, string parts)
    {
        JsonObject echoed = await AnswerAsync(messages, stream, parts);
        string next = FollowUp(messages, echoed);
        (JsonObject sent, string[] lost) = messages
            ? await _gateway.MessagesAsync("g3", next)
            : await _gateway.ChatAsync("g3", next);
        Assert.Empty(lost);
        return sent["contents"]![1]!["parts"]!.AsArray();
    }

    private async Task<JsonObject> AnswerAsync(bool messages, bool stream, string parts)
    {
        string body = GeminiWire.Chunk(parts, ",\"finishReason\":\"STOP\"");
        ScriptedResponse answer = stream
            ? ScriptedResponse.Events($"data: {body.ReplaceLineEndings(" ")}\r\n\r\n")
            : ScriptedResponse.Json(body);
        using ClientCall call = await _gateway.AnswerAsync(
            messages ? GatewayEndpoints.Messages : GatewayEndpoints.ChatCompletions, answer, stream);
        Assert.True(call.Status == 200, call.Text);
        return Prefix.EchoingClient.Message(
            messages ? Lightport.Dialects.DialectIds.AnthropicMessages : Lightport.Dialects.DialectIds.OpenAIChat, call.Text);
    }

    private static string FollowUp(bool messages, JsonObject echoed)
    {
        bool calls = echoed.ToJsonString().Contains("k1", StringComparison.Ordinal);
        string results = (messages, calls) switch
        {
            (_, false) => "{\"role\":\"user\",\"content\":\"go on\"}",
            (true, _) => """
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"k1","content":"1"},{"type":"tool_result","tool_use_id":"k2","content":"2"}]}
                """,
            _ => """
                {"role":"tool","tool_call_id":"k1","content":"1"},{"role":"tool","tool_call_id":"k2","content":"2"}
                """,
        };
        return $$"""
            "messages":[{"role":"user","content":"hi"},{{echoed.ToJsonString()}},{{results}}]
            """;
    }
}
