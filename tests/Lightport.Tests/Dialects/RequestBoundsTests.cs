using System.Text;
using Lightport.Conversation;
using Lightport.Dialects.Anthropic.Messages;
using Lightport.Dialects.Google.Gemini;
using Lightport.Dialects.Google.Interactions;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Dialects.OpenAI.Completions;
using Lightport.Dialects.OpenAI.Embeddings;
using Lightport.Dialects.OpenAI.Responses;
using Lightport.Transport.Body;

namespace Lightport.Tests.Dialects;

/// <summary>What bounds a request is never less than what any server may read in it.</summary>
public sealed class RequestBoundsTests
{
    [Theory]
    [InlineData("gemini", """{"generationConfig":{"maxOutputTokens":9},"generation_config":{"max_output_tokens":7}}""", 9)]
    [InlineData("gemini", """{"generationConfig":{"maxOutputTokens":9,"maxOutputTokens":7,"max_output_tokens":8}}""", 9)]
    [InlineData("interactions", """{"generation_config":{"max_output_tokens":9,"max_output_tokens":7}}""", 9)]
    [InlineData("chat", """{"max_tokens":9,"max_completion_tokens":7}""", 9)]
    [InlineData("chat", """{"max_tokens":"\u0031000"}""", 1000)]
    [InlineData("chat", """{"max_tokens":null}""", null)]
    [InlineData("chat", """{"max_tokens":-1}""", null)]
    public void OutputTokens_AreTheMostThatIsSaidAnywhere(string dialect, string body, int? most)
    {
        RequestBounds bounds = Of(dialect, body);

        Assert.Equal((most, null), (bounds.OutputTokens, bounds.Unbounded));
    }

    [Theory]
    [InlineData("gemini", """{"generationConfig":{"candidateCount":1,"candidateCount":8}}""", 8)]
    [InlineData("gemini", """{"generationConfig":{"candidateCount":8,"candidateCount":1}}""", 8)]
    [InlineData("chat", """{"n":"\u0031000"}""", 1000)]
    [InlineData("chat", """{"n":3}""", 3)]
    public void Answers_AreTheMostThatIsSaidAnywhere(string dialect, string body, int most) =>
        Assert.Equal(most, Of(dialect, body).Answers);

    [Theory]
    [InlineData("chat", """{"n":"100_000"}""", "'n' is no plain whole number")]
    [InlineData("chat", """{"n":"\t100000"}""", "'n' is no plain whole number")]
    [InlineData("chat", """{"n":[100000]}""", "'n' is no plain whole number")]
    [InlineData("chat", """{"n":1e5}""", "'n' is no plain whole number")]
    [InlineData("chat", """{"n":true}""", "'n' is no plain whole number")]
    [InlineData("chat", """{"max_tokens":"100_000"}""", "'max_tokens' is no plain whole number")]
    [InlineData("chat", """{"max_completion_tokens":{"a":1}}""", "'max_completion_tokens' is no plain")]
    [InlineData("completions", """{"best_of":"1e5"}""", "'best_of' is no plain whole number")]
    [InlineData("responses", """{"max_output_tokens":" 9"}""", "'max_output_tokens' is no plain whole number")]
    [InlineData("messages", """{"max_tokens":"0x10"}""", "'max_tokens' is no plain whole number")]
    [InlineData("gemini", """{"generationConfig":{"candidateCount":"1_0"}}""", "'candidateCount' is no plain")]
    [InlineData("gemini", """{"generationConfig":{"maxOutputTokens":9},"generation_config":{}}""", "send one")]
    [InlineData("responses", """{"prompt":{"id":"pmpt_1"}}""", "leave it out")]
    [InlineData("messages", """{"fallbacks":[{"model":"claude-opus-5"}]}""", "'fallbacks' may have a dearer model")]
    [InlineData("messages", """{"fallbacks":"default"}""", "'fallbacks' may have a dearer model")]
    [InlineData("messages", """{"context_management":{"edits":[{"type":"compact_20260112"}]}}""", "compacted on the way")]
    [InlineData("messages", """{"context_management":{"edits":[{"type":"c\u006fmpact_20260112"}]}}""", "compacted on the way")]
    [InlineData("responses", """{"tools":[{"type":"file_search"}],"max_tool_calls":4}""", "more than tokens and searches")]
    [InlineData("responses", """{"tools":[{"type":"web_search_preview_2025_03_11"}],"max_tool_calls":4}""", "more than tokens and searches")]
    [InlineData("messages", """{"tools":[{"type":"code_execution_20250825","max_uses":1}]}""", "more than tokens and searches")]
    [InlineData("responses", """{"context_management":[{"type":"compaction"}]}""", "compacted on the way")]
    [InlineData("responses", """{"tools":[{"type":"code_interpreter"}],"max_tool_calls":1}""", "more than tokens and searches")]
    [InlineData("responses", """{"tools":[{"type":"image_generation"}],"max_tool_calls":1}""", "more than tokens and searches")]
    [InlineData("responses", """{"tools":[{"type":"shell"}],"max_tool_calls":1}""", "more than tokens and searches")]
    [InlineData("responses", """{"tools":[{"type":"programmatic_tool_calling"}],"max_tool_calls":1}""", "more than tokens")]
    [InlineData("responses", """{"tools":[{"type":"of_tomorrow"}],"max_tool_calls":1}""", "more than tokens and searches")]
    [InlineData("chat", """{"prediction":{"type":"content","content":"a"}}""", "leave it out")]
    [InlineData("chat", """{"deferred":true}""", "leave 'deferred' out")]
    [InlineData("gemini", """{"generationConfig":{"routingConfig":{"autoMode":{}}}}""", "another model may be chosen")]
    [InlineData("gemini", """{"generation_config":{"model_selection_config":{}}}""", "another model may be chosen")]
    [InlineData("interactions", """{"environment":"remote"}""", "'environment'")]
    [InlineData("embeddings", """{"input":[{"image":"https://a"}]}""", "send text")]
    [InlineData(
        "messages",
        """{"tools":[{"type":"\u0061dvisor_20260301","name":"advisor","model":"claude-opus-5","max_uses":1}]}""",
        "a tool asks another model")]
    public void WhatServersMayReadOtherwise_BoundsNothing(string dialect, string body, string why) =>
        Assert.Contains(why, Of(dialect, body).Unbounded, StringComparison.Ordinal);

    [Theory]
    [InlineData("gemini", """{"tools":{"googleSearch":{}}}""", true)]
    [InlineData("gemini", """{"tools":{"functionDeclarations":[]}}""", false)]
    [InlineData("gemini", """{"tools":[[{"googleSearch":{}}]]}""", true)]
    [InlineData("gemini", """{"tools":"googleSearch"}""", true)]
    [InlineData("gemini", """{"tools":null}""", false)]
    [InlineData("messages", """{"tools":[{"type":"web_search_20250305","max_uses":9,"max_uses":"1_0"}]}""", true)]
    [InlineData("messages", """{"tools":[{"name":"f","input_schema":{}}]}""", false)]
    [InlineData("responses", """{"tools":[{"type":["web_search"]}]}""", true)]
    [InlineData("responses", """{"tools":[{"type":"web_search","max_uses":1}]}""", true)]
    [InlineData("responses", """{"tools":[{"type":"shell","environment":{"type":"container_auto"}}]}""", true)]
    [InlineData("responses", """{"tools":[{"type":"shell"}]}""", true)]
    [InlineData("responses", """{"tools":[{"type":"shell","environment":{"type":"local"}}]}""", false)]
    [InlineData("responses", """{"tools":[{"type":"local_shell"}]}""", false)]
    [InlineData("responses", """{"input":[{"type":"additional_tools","tools":[{"type":"web_search"}]}]}""", true)]
    [InlineData("responses", """{"input":[{"type":"tool_search_output","tools":[{"type":"mcp"}]}]}""", true)]
    [InlineData("responses", """{"input":[{"type":"tool_search_output","tools":[{"type":"function"}]}]}""", false)]
    [InlineData("responses", """{"tools":[{"type":"namespace","tools":[{"type":"web_search"}]}]}""", true)]
    [InlineData("responses", """{"tools":[{"type":"namespace","tools":[],"t\u006fols":[{"type":"mcp"}]}]}""", true)]
    [InlineData("responses", """{"tools":[{"type":"namespace","tools":{"type":"namespace","tools":[{"type":"mcp"}]}}]}""", true)]
    [InlineData("responses", """{"tools":[{"type":"namespace","tools":[{"type":"function"},{"type":"custom"}]}]}""", false)]
    [InlineData("responses", """{"input":[{"type":"tool_search_output","tools":[{"type":"namespace","tools":[{"type":"mcp"}]}]}]}""", true)]
    [InlineData("responses", """{"tools":[{"type":"tool_search"}]}""", true)]
    [InlineData("responses", """{"tools":[{"type":"tool_search","execution":"server"}]}""", true)]
    [InlineData("responses", """{"tools":[{"type":"tool_search","execution":"client"}]}""", false)]
    [InlineData("messages", """{"tools":[{"type":"tool_search_tool_regex_20251119","name":"s"}]}""", true)]
    [InlineData("interactions", """{"tools":[{"type":"google_search"}]}""", true)]
    [InlineData("chat", """{"data_sources":[{"type":"azure_search"}]}""", true)]
    [InlineData("chat", """{"enable_search":true}""", true)]
    [InlineData("chat", """{"enable_search":false}""", false)]
    public void ToolsThatAProviderRuns_AreFound(string dialect, string body, bool runs)
    {
        RequestBounds bounds = Of(dialect, body);

        Assert.Equal((runs, null), (bounds.RunsTools, bounds.ToolRuns));
    }

    [Fact]
    public void UsesOfEachTool_AreAddedUp() => Assert.Equal(
        5,
        Of("messages", """{"tools":[{"type":"web_search_1","max_uses":2},{"type":"web_fetch_1","max_uses":"3"}]}""")
            .ToolRuns);

    [Fact]
    public void ToolCalls_BoundAllToolsOfAResponse() => Assert.Equal(
        4, Of("responses", """{"tools":[{"type":"web_search"}],"max_tool_calls":4}""").ToolRuns);

    /// <summary>What an account keeps is as long as it is, whoever was told its id.</summary>
    [Theory]
    [InlineData("responses", """{"previous_response_id":"resp_1"}""", true)]
    [InlineData("responses", """{"previous_response_id":null}""", false)]
    [InlineData("gemini", """{"cachedContent":"cachedContents/1"}""", true)]
    [InlineData("gemini", """{"cached_content":"cachedContents/1"}""", true)]
    [InlineData("interactions", """{"previous_interaction_id":"i_1"}""", true)]
    [InlineData("chat", """{"extra_body":{"google":{"cached_content":"cachedContents/1"}}}""", true)]
    [InlineData("chat", """{"extra_body":{"google":{"thinking_config":{}}}}""", false)]
    public void WhatAnAccountKeeps_IsTold(string dialect, string body, bool isKept) =>
        Assert.Equal(isKept, Of(dialect, body).IsKept);

    [Theory]
    [InlineData("""{"tools":[{"type":"web_search"}],"max_tool_calls":4}""", true)]
    [InlineData("""{"tools":[{"type":"mcp","server_url":"https://a"}],"max_tool_calls":4}""", false)]
    public void ToolsThatAreBilledAsSearches_AreTold(string body, bool isBilled) => Assert.Equal(
        (isBilled, null), (Of("responses", body).BillsSearches, Of("responses", body).Unbounded));

    [Theory]
    [InlineData("""{"input":"text"}""")]
    [InlineData("""{"input":["a","{b}"]}""")]
    [InlineData("""{"input":[[1,2],[3]]}""")]
    public void TextsToEmbed_AreBounded(string body) => Assert.Null(Of("embeddings", body).Unbounded);

    private static RequestBounds Of(string dialect, string body)
    {
        JsonEnvelope envelope = JsonEnvelope.Read(Encoding.UTF8.GetBytes(body));
        return dialect switch
        {
            "chat" => OpenAIChatBounds.Of(envelope),
            "completions" => OpenAICompletionsBounds.Of(envelope),
            "responses" => OpenAIResponsesBounds.Of(envelope),
            "messages" => AnthropicMessagesBounds.Of(envelope),
            "interactions" => GoogleInteractionsBounds.Of(envelope),
            "embeddings" => OpenAIEmbeddingsBounds.Of(envelope),
            _ => GoogleGeminiBounds.Of(envelope),
        };
    }
}
