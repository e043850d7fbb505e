using System.Text;
using Lightport.Dialects;
using Lightport.Tests.Laws.Clients;
using Lightport.Tests.Laws.Reading;

namespace Lightport.Tests.Laws;

/// <summary>What the laws judge by: each fact of an answer is read off each wire, and none can change unseen.</summary>
public sealed class ToldTests
{
    private const string Messages = """
        {"content":[{"type":"thinking","thinking":"hm","signature":"c2ln"},{"type":"redacted_thinking","data":"cmVk"},
        {"type":"text","text":"a"},{"type":"text","text":"b","citations":[{"type":"web_search_result_location","url":"https://x.example","title":"X"}]},
        {"type":"tool_use","id":"toolu_1","name":"f","input":{"a":1}}],"stop_reason":"tool_use",
        "usage":{"input_tokens":1,"cache_read_input_tokens":20,"cache_creation_input_tokens":300,"output_tokens":4,"output_tokens_details":{"thinking_tokens":2}}}
        """;

    private const string Chat = """
        {"choices":[{"index":0,"message":{"content":"ab","reasoning_content":"hm",
        "reasoning_details":[{"type":"reasoning.text","text":"hm","signature":"c2ln"},{"type":"reasoning.encrypted","data":"cmVk"}],
        "annotations":[{"type":"url_citation","url_citation":{"url":"https://x.example","title":"X","start_index":1,"end_index":2}}],
        "tool_calls":[{"id":"toolu_1","type":"function","function":{"name":"f","arguments":"{\"a\": 1}"}}]},"finish_reason":"tool_calls"}],
        "usage":{"prompt_tokens":321,"completion_tokens":4,"total_tokens":325,
        "prompt_tokens_details":{"cached_tokens":20,"cache_write_tokens":300},"completion_tokens_details":{"reasoning_tokens":2}}}
        """;

    private static readonly string[] Facts =
    [
        "choice 0: tool_calls", "thinking hm", "text ab", "call toolu_1 f {\"a\":1}", "state c2ln", "state cmVk",
        "citation https://x.example X b", "usage prompt 321 cached 20 written 300 completion 4 reasoning 2",
    ];

    [Theory]
    [InlineData(DialectIds.AnthropicMessages, Messages)]
    [InlineData(DialectIds.OpenAIChat, Chat)]
    public void Read_EachWire_TellsTheSameFacts(string dialect, string body) =>
        Assert.Equal(Facts, Told.Read(dialect, Encoding.UTF8.GetBytes(body), isStream: false).Lines);

    [Theory]
    [InlineData("c2ln", "c2lo")]
    [InlineData("cmVk", "")]
    [InlineData("toolu_1", "toolu_2")]
    [InlineData("https://x.example", "https://y.example")]
    [InlineData("\"start_index\":1", "\"start_index\":0")]
    [InlineData("\"cached_tokens\":20", "\"cached_tokens\":21")]
    [InlineData("\"cache_write_tokens\":300", "\"cache_write_tokens\":0")]
    [InlineData("\"reasoning_tokens\":2", "\"reasoning_tokens\":3")]
    [InlineData("\"finish_reason\":\"tool_calls\"", "\"finish_reason\":\"length\"")]
    public void Changed_AnyFact_IsSeen(string fact, string other)
    {
        var passage = new Passage(
            ServedClient.Of(DialectIds.OpenAIChat), Same: false, Exact: true, Stream: false, IncludeUsage: true, 7);
        Told provider = Told.Read(DialectIds.AnthropicMessages, Encoding.UTF8.GetBytes(Messages), isStream: false);
        Told expected = Expectation.Of(passage, provider);
        Assert.Equal(expected.Lines, Judged(Chat));
        Assert.NotEqual(expected.Lines, Judged(Chat.Replace(fact, other, StringComparison.Ordinal)));

        IReadOnlyList<string> Judged(string body) => Expectation.Judged(
            passage, expected, Told.Read(DialectIds.OpenAIChat, Encoding.UTF8.GetBytes(body), isStream: false)).Lines;
    }

    /// <summary>Parts of a stream have an order of their own, whatever their wire.</summary>
    [Fact]
    public void Changed_OrderOfAStream_IsSeen()
    {
        const string Call = """data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"k","function":{"name":"f"}}]}}]}""";
        const string Text = """data: {"choices":[{"index":0,"delta":{"content":"a"}}]}""";
        Assert.NotEqual(Lines(Call + "\n\n" + Text + "\n\n"), Lines(Text + "\n\n" + Call + "\n\n"));

        static IReadOnlyList<string> Lines(string sse) =>
            Told.Read(DialectIds.OpenAIChat, Encoding.UTF8.GetBytes(sse), isStream: true).Lines;
    }
}
