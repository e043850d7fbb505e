using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects.Anthropic;

/// <summary>
/// Ids that Anthropic's API would refuse (Moonshot's are <c>functions.read:0</c>) are told to a Messages client as ones
/// that it takes, and go back to whoever made them as they were.
/// </summary>
public sealed class ToldCallIdTests : IDisposable
{
    private const string Id = "functions.read:0";

    private const string Call =
        $$$"""[{"index":0,"id":"{{{Id}}}","type":"function","function":{"name":"read","arguments":"{}"}}]""";

    private readonly TestGateway _gateway = new("models: { kimi: openai/gpt-4o, claude: anthropic/claude-sonnet-4-5 }");

    [Fact]
    public async Task Id_InAWholeAnswer_IsOneThatAnthropicTakesAndComesBackAsItWas()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(
            $$"""{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":{{Call}}},"finish_reason":"tool_calls"}]}"""));
        ClientCall answer = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.For("kimi", Wires.Messages));
        string told = (string)answer.Json["content"]![0]!["id"]!;
        Assert.Matches("^[a-zA-Z0-9_-]+$", told);

        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        await _gateway.SendAsync(GatewayEndpoints.Messages, History("kimi", told));
        JsonNode written = _gateway.Upstream.Last.Json["messages"]!;
        Assert.Equal(Id, (string?)written[1]!["tool_calls"]![0]!["id"]);
        Assert.Equal(Id, (string?)written[2]!["tool_call_id"]);

        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
        await _gateway.SendAsync(GatewayEndpoints.Messages, History("claude", told));
        Assert.Equal(told, (string?)_gateway.Upstream.Last.Json["messages"]![1]!["content"]![0]!["id"]);
    }

    [Fact]
    public async Task Id_InAStream_IsOneThatAnthropicTakes()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(
            $$"""
            data: {"id":"x","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":{{Call}}},"finish_reason":null}]}

            data: {"id":"x","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

            data: [DONE]


            """));

        ClientCall answer = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.For("kimi", Wires.MessagesStream));

        Assert.Matches("\"tool_use\",\"id\":\"[a-zA-Z0-9_-]+\"", answer.Text);
    }

    /// <summary>An id of the client's own that only looks marked is the client's own.</summary>
    [Theory]
    [InlineData("toolu_01")]
    [InlineData("lpcall_")]
    [InlineData("lpcall_dG9vbHU")]
    [InlineData("lpcall_*")]
    public async Task Id_ThatWasNeverMarked_StaysAsItIs(string id)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        await _gateway.SendAsync(GatewayEndpoints.Messages, History("kimi", id));

        Assert.Equal(id, (string?)_gateway.Upstream.Last.Json["messages"]![2]!["tool_call_id"]);
    }

    public void Dispose() => _gateway.Dispose();

    private static string History(string model, string id) => $$"""
        {"model":"{{model}}","max_tokens":64,"tools":[{"name":"read","input_schema":{"type":"object","properties":{} } }],
         "messages":[
          {"role":"user","content":"hi"},
          {"role":"assistant","content":[{"type":"tool_use","id":"{{id}}","name":"read","input":{} }]},
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"{{id}}","content":"done"}]}]}
        """;
}
