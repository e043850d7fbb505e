using System.Text.Json;
using Lightport.Conversation;
using Lightport.Enrichment.Choice;
using Lightport.Mcp;

namespace Lightport.Enrichment.Tools;

/// <summary>
/// A tool by which the model finds others: those that answer best what it says, by their names, descriptions and
/// parameters. What was found is offered from there on, behind all that was offered before.
/// </summary>
/// <param name="tools">Those that may be found.</param>
internal sealed class ToolSearch(IReadOnlyList<OfferedTool> tools)
{
    private const int MostFound = 5;

    /// <summary>Made once, as a model may search again and again, and most search never.</summary>
    private readonly Lazy<TextRanking> _ranking = new(
        () => new TextRanking([.. tools.Select(tool => ToolChooser.WordsOf(tool.Tool))]));

    /// <summary>More of what is looked for is passed over, in characters.</summary>
    private const int LongestQuery = 1_000;

    private const string NoneFits = "No tool fits. Say in other words what it should do, or go on without one.";

    /// <summary>As the model is told it.</summary>
    public static McpTool Tool { get; } = new(
        "find_tools",
        JsonElement.Parse(
            """
            {"type":"object","properties":
             {"query":{"type":"string","description":"What the tool should do, in a few words."}},
             "required":["query"],"additionalProperties":false}
            """))
    {
        Description = "Finds more tools than those you have, by what they should do. What it finds can be called right "
            + "after. Use it where none of your tools fits.",
        IsReadOnly = true,
    };

    public ValueTask<McpOutcome> AnswerAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string query = arguments.GetProperty("query").GetString() ?? "";
        double[] scores = _ranking.Value.Score(query[..Math.Min(query.Length, LongestQuery)]);
        string[] found =
        [
            .. Enumerable.Range(0, tools.Count)
                .Where(place => scores[place] > 0)
                .OrderByDescending(place => scores[place])
                .Take(MostFound)
                .Select(place => tools[place].Name),
        ];
        return new(found.Length > 0
            ? new McpOutcome([]) { ToolReferences = found }
            : new McpOutcome([new TextPart(NoneFits)]));
    }
}
