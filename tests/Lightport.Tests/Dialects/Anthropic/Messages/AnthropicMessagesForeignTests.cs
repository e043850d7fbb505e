using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Tests.Dialects.OpenAI.Chat;

namespace Lightport.Tests.Dialects.Anthropic.Messages;

/// <summary>What Messages alone has words for, said to a chat provider as far as it can be, and kept for its own.</summary>
public sealed class AnthropicMessagesForeignTests
{
    private const string Tools = """
        "tools":[{"name":"a","input_schema":{"type":"object"}},{"name":"b","input_schema":{"type":"object"},
        "defer_loading":true},{"name":"c","input_schema":{"type":"object"}}]
        """;

    [Fact]
    public void ToolChanges_InTheMiddle_OfferWhatIsInForceAtTheEnd()
    {
        ChatRequest request = Decode(Tools + """
            ,"messages":[{"role":"user","content":"q"},
            {"role":"system","content":[{"type":"tool_addition","tool":{"type":"tool_reference","name":"b"}},
              {"type":"tool_removal","tool":{"type":"tool_reference","name":"a"}},
              {"type":"tool_addition","tool":{"type":"tool_definition","definition":{"name":"d","description":"new",
               "input_schema":{"type":"object"}}}}]}]
            """);

        JsonNode chat = ToChat(request, out LossLedger losses);

        Assert.Equal(["c", "b", "d"], Names(chat));
        Assert.Equal(
            "Tools now available: b|Tools no longer available: a|Tools now available: d",
            string.Join('|', chat["messages"]![1]!["content"]!.AsArray().Select(part => (string?)part!["text"])));
        Assert.Empty(losses.Dropped);
    }

    /// <summary>Nobody else runs the search, and a tool that it would have found must be there to be called.</summary>
    [Theory]
    [InlineData("tool_search_tool_regex_20251119", "tool_search_tool_regex")]
    [InlineData("tool_search_tool_bm25_20251119", "tool_search_tool_bm25")]
    public void ToolSearch_ThatTheProviderRuns_BecomesEveryTool(string type, string name)
    {
        ChatRequest request = Decode($$$"""
            "messages":[{"role":"user","content":"q"}],"tools":[{"type":"{{{type}}}","name":"{{{name}}}"},
            {"name":"a","defer_loading":true,"input_schema":{"type":"object"}},
            {"name":"b","input_schema":{"type":"object"}}]
            """);

        JsonNode chat = ToChat(request, out LossLedger losses);

        Assert.Equal(["b", "a"], Names(chat));
        Assert.Equal([$"tools[0].{type}"], losses.Dropped);
    }

    [Fact]
    public void SearchResult_IsSaidAsADocument()
    {
        ChatRequest request = Decode("""
            "messages":[{"role":"user","content":"q"},{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"search_result",
             "source":"https://x.example","title":"Title","content":[{"type":"text","text":"found"}],
             "citations":{"enabled":true}}]}]}]
            """);

        JsonNode chat = ToChat(request, out LossLedger losses);

        string said = chat["messages"]![2]!.ToJsonString();
        Assert.Contains("Title", said, StringComparison.Ordinal);
        Assert.Contains("https://x.example", said, StringComparison.Ordinal);
        Assert.Contains("found", said, StringComparison.Ordinal);
        Assert.Equal(["citations"], losses.Dropped);
    }

    /// <summary>As the API does: nothing that stands before a summary is shown to the model any more.</summary>
    [Fact]
    public void Compaction_StandsForAllBeforeIt()
    {
        ChatRequest request = Decode("""
            "system":"s","messages":[{"role":"user","content":"old"},{"role":"assistant","content":[{"type":"text","text":"older"},
             {"type":"compaction","content":"They spoke of ships."},{"type":"text","text":"kept"}]},
            {"role":"user","content":"new"}]
            """);

        JsonArray messages = ToChat(request, out LossLedger losses)["messages"]!.AsArray();

        Assert.Equal(
            ["system:s", "user:Summary of the conversation so far:\nThey spoke of ships.", "assistant:kept", "user:new"],
            messages.Select(message => $"{message!["role"]}:{message["content"]}"));
        Assert.Empty(losses.Dropped);
    }

    [Fact]
    public void Compaction_ThatFailed_MeansNothing()
    {
        ChatRequest request = Decode("""
            "messages":[{"role":"user","content":"old"},{"role":"assistant","content":[{"type":"compaction","content":null},
             {"type":"text","text":"kept"}]},{"role":"user","content":"new"}]
            """);

        JsonArray messages = ToChat(request, out LossLedger losses)["messages"]!.AsArray();

        Assert.Equal(["old", "kept", "new"], messages.Select(message => (string?)message!["content"]));
        Assert.Equal(["compaction"], losses.Dropped);
    }

    [Theory]
    [InlineData("directly behind the user's turn", "low", """{"role":"user","content":"q"},{"role":"system","output_config":{"effort":"low"}}""")]
    [InlineData("before the next one", "low", """{"role":"user","content":"q"},{"role":"assistant","content":"a"},{"role":"system","content":[],"output_config":{"effort":"low"}},{"role":"user","content":"q"}""")]
    [InlineData("waiting for the next one", "high", """{"role":"user","content":"q"},{"role":"assistant","content":"a"},{"role":"system","content":"x","output_config":{"effort":"low"}}""")]
    [InlineData("replaced", "medium", """{"role":"user","content":"q"},{"role":"system","output_config":{"effort":"low"}},{"role":"user","content":"q"},{"role":"system","output_config":{"effort":"medium"}}""")]
    public void EffortOfATurn_IsTheOneInForce(string where, string expected, string messages)
    {
        ChatRequest request = Decode($$"""
            "output_config":{"effort":"high"},"messages":[{{messages}}]
            """);

        Assert.Equal(expected, request.Options.Reasoning!.Effort);
        Assert.Equal(expected, (string?)ToChat(request, out _)["reasoning_effort"]);
        Assert.NotEmpty(where);
    }

    /// <summary>A summary costs what its own request costs, which stands beside the sums.</summary>
    [Fact]
    public void Usage_HoldsWhatASummaryTook()
    {
        ChatResponse response = new MessagesCoders().DecodeResponse("""
            {"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"hi"}],
             "stop_reason":"end_turn","usage":{"input_tokens":23000,"output_tokens":1000,"output_tokens_details":{"thinking_tokens":100},
             "iterations":[{"type":"compaction","input_tokens":180000,"output_tokens":3500,"cache_read_input_tokens":7},
              {"type":"message","input_tokens":23000,"output_tokens":1000},
              {"type":"advisor_message","model":"other","input_tokens":5,"output_tokens":5}]}}
            """u8.ToArray());

        Assert.Equal(
            new TokenUsage { Input = 203_000, CacheRead = 7, Output = 4_400, Reasoning = 100 },
            response.Usage! with { OfOthers = null });
        Assert.Equal(
            [new ModelUsage("other", new TokenUsage { Input = 5, Output = 5 })], response.Usage.OfOthers);
    }

    [Fact]
    public void Everything_ToMessages_StaysWhereItWas()
    {
        const string messages = """
            [{"role":"user","content":[{"type":"search_result","source":"s","title":"t","content":[{"type":"text","text":"x"}]}]},
             {"role":"system","content":[],"output_config":{"effort":"low"}},
             {"role":"assistant","content":[{"type":"compaction","content":"c","encrypted_content":"e"},{"type":"text","text":"a"}]},
             {"role":"user","content":[{"type":"text","text":"q"}]},
             {"role":"system","content":[{"type":"tool_removal","tool":{"type":"tool_reference","name":"a"}}]}]
            """;
        ChatRequest request = Decode($$$"""
            {{{Tools}}},"messages":{{{messages}}},"output_config":{"effort":"high"},
            "thinking":{"type":"adaptive","block_binding":{"prefix_mismatch_behavior":"drop_block"}}
            """);

        JsonObject body = Wire.Encode(request, null, out EncodingContext context);

        Wire.Same(messages, body["messages"]);
        Wire.Same("""{"effort":"high"}""", body["output_config"]);
        Wire.Same(
            """{"type":"adaptive","block_binding":{"prefix_mismatch_behavior":"drop_block"}}""", body["thinking"]);
        Assert.Empty(context.Losses.Dropped);
    }

    [Fact]
    public void BlockBinding_ToChat_IsNamed()
    {
        ToChat(
            Decode("""
                "messages":[{"role":"user","content":"q"}],
                "thinking":{"type":"adaptive","block_binding":{"prefix_mismatch_behavior":"drop_block"}}
                """),
            out LossLedger losses);

        Assert.Equal(["thinking.block_binding"], losses.Dropped);
    }

    private static ChatRequest Decode(string fields) =>
        Wire.DecodeRequest("{\"model\":\"m\",\"max_tokens\":9," + fields + "}");

    private static JsonNode ToChat(ChatRequest request, out LossLedger losses)
    {
        losses = new LossLedger(null, "t");
        return JsonNode.Parse(ChatWire.EncodeRequest(request, TargetTraits.Default, losses))!;
    }

    private static IEnumerable<string?> Names(JsonNode chat) =>
        chat["tools"]!.AsArray().Select(tool => (string?)tool!["function"]!["name"]);
}
