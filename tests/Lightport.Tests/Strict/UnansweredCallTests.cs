using System.Text.Json.Nodes;
using Lightport.Tests.Dialects;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Strict;

/// <summary>
/// A history in which somebody broke off a run of tools: the vendors refuse it, and the client is told so in its own
/// dialect, with the call's name, before anything is sent.
/// </summary>
public sealed class UnansweredCallTests : IDisposable
{
    private const string Chat = """
        "messages":[{"role":"user","content":"hi"},
          {"role":"assistant","tool_calls":[
            {"id":"a","type":"function","function":{"name":"read","arguments":"{}"} },
            {"id":"b","type":"function","function":{"name":"write","arguments":"{}"} }]},
          {"role":"tool","tool_call_id":"a","content":"r"}REST]
        """;

    private const string Messages = """
        "max_tokens":9,
        "messages":[{"role":"user","content":"hi"},
          {"role":"assistant","content":[{"type":"tool_use","id":"b","name":"write","input":{} }]},
          {"role":"user","content":"stop"}]
        """;

    private const string Responses = """
        "store":false,
        "input":[{"role":"user","content":"hi"},{"type":"function_call","call_id":"b","name":"write","arguments":"{}"},
          {"role":"user","content":"stop"}]
        """;

    private const string Gemini = """
        "contents":[{"role":"user","parts":[{"text":"hi"}]},
          {"role":"model","parts":[{"functionCall":{"id":"b","name":"write","args":{} } }]},
          {"role":"user","parts":[{"text":"stop"}]}]
        """;

    private readonly SaidEverywhere _gateway = new();

    public static TheoryData<string, string, string> Doors => new()
    {
        { "chat", "messages", "messages" },
        { "chat", "gemini", "messages" },
        { "chat", "converse", "messages" },
        { "chat", "responses", "messages" },
        { "messages", "openai", "messages" },
        { "messages", "gemini", "messages" },
        { "responses", "messages", "input" },
        { "responses", "converse", "input" },
        { "gemini", "messages", "contents" },
    };

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task OnAfterIt_IsRefused_ByItsName(string client, string model, string field)
    {
        const string Rest = """,{"role":"user","content":"stop"}""";
        (GatewayEndpoint door, string fields) = client switch
        {
            "chat" => (GatewayEndpoints.ChatCompletions, Chat.Replace("REST", Rest, StringComparison.Ordinal)),
            "messages" => (GatewayEndpoints.Messages, Messages),
            "responses" => (GatewayEndpoints.Responses, Responses),
            _ => (GatewayEndpoints.GenerateContentBeta, Gemini),
        };

        (JsonObject? sent, int status, string error) = await _gateway.AskWholeAsync(door, model, fields);

        Assert.Null(sent);
        Assert.Equal(400, status);
        Assert.Contains("The call 'b' of 'write' has no result", error, StringComparison.Ordinal);
        if (client is "chat" or "responses")
        {
            Assert.Equal(field, (string?)JsonNode.Parse(error)!["error"]!["param"]);
        }
    }

    /// <summary>Servers of one's own may take it, and say so themselves where not.</summary>
    [Fact]
    public async Task ToALooseServer_IsSaidAsItCame()
    {
        (JsonObject? sent, _, _) = await _gateway.AskWholeAsync(GatewayEndpoints.Messages, "chat", Messages);

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                [{"role":"user","content":"hi"},
                 {"role":"assistant","content":null,"tool_calls":[{"id":"b","type":"function","function":{"name":"write","arguments":"{}"} }]},
                 {"role":"user","content":"stop"}]
                """),
            sent!["messages"]), sent.ToJsonString());
    }

    /// <summary>Results may come in any order, after other words, and all calls may stand in one turn or in two.</summary>
    [Theory]
    [InlineData(""",{"role":"tool","tool_call_id":"b","content":"r"}""")]
    [InlineData(""",{"role":"user","content":"and"},{"role":"tool","tool_call_id":"b","content":"r"}""")]
    [InlineData(""",{"role":"system","content":"be quick"},{"role":"tool","tool_call_id":"b","content":"r"},{"role":"user","content":"go"}""")]
    public async Task Answered_IsSent(string rest)
    {
        (JsonObject? sent, _, string error) = await _gateway.AskWholeAsync(
            GatewayEndpoints.ChatCompletions, "messages", Chat.Replace("REST", rest, StringComparison.Ordinal));

        Assert.True(sent is not null, error);
    }

    public void Dispose() => _gateway.Dispose();
}
