using System.Text.Json.Nodes;

namespace Lightport.Tests.Exchanges;

/// <summary>Of a provider's endpoints the one is asked where the model does the most.</summary>
public sealed class EndpointPreferenceTests : IDisposable
{
    private const string Answer = """
        {"id":"resp_1","object":"response","created_at":5,"model":"gpt-x","status":"completed","error":null,"output":[
        {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Hm."}],"encrypted_content":"enc"},
        {"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"Hello","annotations":[]}]}],
        "usage":{"input_tokens":9,"output_tokens":3,"total_tokens":12}}
        """;

    private readonly TestGateway _gateway = new("""
        models:
          thinks: openai/gpt-5
          only-there: openai/gpt-5.6-sol
          told-otherwise: { targets: [{ to: openai/gpt-5.6-sol, traits: { endpoint: openai-chat } }] }
          chats: openai/gpt-4o
          elsewhere: loose/gpt-5.6-sol
        """);

    [Theory]
    [InlineData("thinks", "/v1/responses")]
    [InlineData("only-there", "/v1/responses")]
    [InlineData("told-otherwise", "/v1/chat/completions")]
    [InlineData("chats", "/v1/chat/completions")]
    [InlineData("elsewhere", "/v1/chat/completions")]
    public async Task MessagesClient_IsTranslatedToWhereTheModelDoesTheMost(string model, string path) =>
        await SendAsync(GatewayEndpoints.Messages, Wires.For(model, Wires.Messages), path);

    [Theory]
    [InlineData("thinks", "/v1/chat/completions")]
    [InlineData("only-there", "/v1/responses")]
    [InlineData("told-otherwise", "/v1/chat/completions")]
    [InlineData("chats", "/v1/chat/completions")]
    [InlineData("elsewhere", "/v1/chat/completions")]
    public async Task ChatClient_PassesUnlessTheModelDoesItElsewhereOnly(string model, string path) =>
        await SendAsync(GatewayEndpoints.ChatCompletions, Wires.For(model, Wires.Chat), path);

    [Theory]
    [InlineData("thinks")]
    [InlineData("chats")]
    [InlineData("told-otherwise")]
    public async Task ResponsesClient_PassesWhereTheProviderHasResponses(string model)
    {
        string body = $$"""{"model":"{{model}}","input":"hi","future":{"x":1} }""";

        JsonObject sent = await SendAsync(GatewayEndpoints.Responses, body, "/v1/responses");

        Assert.Equal("hi", (string?)sent["input"]);
        Assert.Equal(1, (int?)sent["future"]!["x"]);
        Assert.Null(sent["store"]);
    }

    [Fact]
    public async Task ChatClient_OfAModelThatThinksAtResponsesOnly_ReadsItsThoughtAndSendsItsStateBack()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Answer));
        ClientCall first = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Wires.For("only-there", Wires.Chat));
        JsonNode message = first.Json["choices"]![0]!["message"]!;
        _gateway.Upstream.Answer(ScriptedResponse.Json(Answer));

        await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, $$"""
            {"model":"only-there","messages":[{"role":"user","content":"hi"},{{message.ToJsonString()}},{"role":"user","content":"go on"}]}
            """);

        Assert.Equal(("Hm.", "Hello"), ((string?)message["reasoning_content"], (string?)message["content"]));
        JsonNode thought = _gateway.Upstream.Last.Json["input"]![1]!;
        Assert.Equal(("reasoning", "enc"), ((string?)thought["type"], (string?)thought["encrypted_content"]));
        Assert.False((bool?)_gateway.Upstream.Last.Json["store"]);
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<JsonObject> SendAsync(GatewayEndpoint endpoint, string body, string path)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(path.EndsWith("responses", StringComparison.Ordinal)
            ? Answer
            : Wires.ChatAnswer));

        ClientCall call = await _gateway.SendAsync(endpoint, body);

        Assert.Equal(200, call.Status);
        Assert.EndsWith(path, _gateway.Upstream.Last.Address.AbsolutePath, StringComparison.Ordinal);
        return _gateway.Upstream.Last.Json;
    }
}
