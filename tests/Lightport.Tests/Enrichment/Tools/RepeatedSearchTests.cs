using System.Collections;
using System.Text.Json;
using Lightport.Enrichment.Tools;
using Lightport.Mcp;

namespace Lightport.Tests.Enrichment.Tools;

/// <summary>A model may search as often as it likes, 64 times at once: that must not cost as many readings of all
/// that the tools say.</summary>
public sealed class RepeatedSearchTests
{
    [Fact]
    public async Task Search_ReadsTheToolsOnce()
    {
        var tools = new CountedTools();
        var search = new ToolSearch(tools);

        for (int i = 0; i < 3; i++)
        {
            McpOutcome outcome = await search.AnswerAsync(JsonElement.Parse("""{"query":"invoice"}"""), default);
            Assert.Equal(["get_invoice"], outcome.ToolReferences);
        }

        Assert.Equal(1, tools.Readings);
    }

    private sealed class CountedTools : IReadOnlyList<OfferedTool>
    {
        private readonly OfferedTool _only =
            new(new McpServer("s"), new McpTool("get_invoice", JsonElement.Parse("{}")), "get_invoice");

        public int Readings { get; private set; }

        public int Count => 1;

        public OfferedTool this[int index] => _only;

        public IEnumerator<OfferedTool> GetEnumerator()
        {
            Readings++;
            return new List<OfferedTool> { _only }.GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
