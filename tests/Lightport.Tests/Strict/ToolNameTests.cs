using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Strict;

/// <summary>A target that takes no long or odd names gets others, and the client never sees them.</summary>
public sealed class ToolNameTests : IDisposable
{
    private readonly TestGateway _gateway = new("""
        models:
          gpt: { targets: [{ to: openai/gpt-5, traits: { endpoint: openai-chat } }] }
          claude: anthropic/claude-sonnet-4-5
        """);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LongNames_ToChat_AreShortAndComeBackAsTheyWere(bool streamed)
    {
        string sent = await LongestNameSentAsync();
        string call = $$$"""[{"index":0,"id":"c1","type":"function","function":{"name":"{{{sent}}}","arguments":"{}"}}]""";
        _gateway.Upstream.Answer(streamed
            ? ScriptedResponse.Events(
                $$$"""
                data: {"id":"x","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":{{{call}}}},"finish_reason":null}]}

                data: {"id":"x","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

                data: [DONE]


                """)
            : ScriptedResponse.Json(
                $$$"""{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":{{{call}}}},"finish_reason":"tool_calls"}]}"""));

        ClientCall answer = await _gateway.SendAsync(
            GatewayEndpoints.Messages, McpTools.Messages("gpt", streamed ? ",\"stream\":true" : ""));

        Assert.Equal(200, answer.Status);
        Assert.Contains($"\"name\":\"{McpTools.Longer}\"", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(sent, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_WhereOnlyNamesWereChanged_IsNotHeldBack()
    {
        var restoration = new AnswerRestoration { ToolNames = new Dictionary<string, string> { ["a"] = "b" } };
        var restorer = new AnswerRestorer(restoration, new AnswerLosses());
        var events = new List<StreamEvent>();

        restorer.Add(new StreamEvent.TextDelta(0, "now"), events);

        Assert.Equal([new StreamEvent.TextDelta(0, "now")], events);
    }

    [Fact]
    public async Task OddNames_ToMessages_ComeBackAsTheyWere()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
        await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, McpTools.Chat("claude"));
        JsonObject written = _gateway.Upstream.Last.Json;
        string sent = (string)written["tools"]![0]!["name"]!;
        Assert.Empty(StrictAnthropic.Complaints(written));
        Assert.Equal(sent, (string?)written["messages"]![1]!["content"]![0]!["name"]);

        _gateway.Upstream.Answer(ScriptedResponse.Json(
            $$$"""
            {"id":"msg_1","type":"message","role":"assistant","model":"x","content":[
              {"type":"tool_use","id":"t1","name":"{{{sent}}}","input":{}}],"stop_reason":"tool_use"}
            """));
        ClientCall answer = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, McpTools.Chat("claude"));

        JsonNode call = answer.Json["choices"]![0]!["message"]!["tool_calls"]![0]!;
        Assert.Equal(McpTools.Odd, (string?)call["function"]!["name"]);
    }

    [Fact]
    public void Name_OfATool_DoesNotDependOnTheOthers()
    {
        ToolNames few = ToolNames.Of(With(McpTools.Long));
        ToolNames many = ToolNames.Of(With("a", McpTools.Longer, McpTools.Long, McpTools.Odd));

        Assert.Equal("read", few.For("read"));
        Assert.Equal(few.For(McpTools.Long), many.For(McpTools.Long));
        Assert.NotEqual(many.For(McpTools.Long), many.For(McpTools.Longer));
        Assert.Equal(64, many.For(McpTools.Long).Length);
        Assert.Equal(McpTools.Long, many.Originals[many.For(McpTools.Long)]);
    }

    [Fact]
    public void Name_ThatAnotherToolHasAlready_IsNotTaken()
    {
        string usual = ToolNames.Of(With(McpTools.Odd)).For(McpTools.Odd);

        ToolNames names = ToolNames.Of(With(usual, McpTools.Odd));

        Assert.Equal(usual, names.For(usual));
        Assert.NotEqual(usual, names.For(McpTools.Odd));
    }

    public void Dispose() => _gateway.Dispose();

    private static ChatRequest With(params string[] names) => new()
    {
        Model = "m",
        Dialect = DialectIds.OpenAIChat,
        Messages = [],
        Tools = [.. names.Select(name => new ToolDefinition(name))],
    };

    private async Task<string> LongestNameSentAsync()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        await _gateway.SendAsync(GatewayEndpoints.Messages, McpTools.Messages("gpt"));
        return (string)_gateway.Upstream.Last.Json["tool_choice"]!["function"]!["name"]!;
    }
}
