using Lightport.Conversation;
using Lightport.Enrichment.Tools;
using Lightport.Mcp;

namespace Lightport.Enrichment.Rounds;

/// <summary>
/// What a search among tools has found: names to the model, which its dialect says in its own way, and a line of text
/// to clients, who bring that back.
/// </summary>
internal static class ToldSearch
{
    private const string Found = "Tools found: ";
    private const string Between = ", ";

    /// <summary>Whether a call that a client was told of is one of the gateway's search.</summary>
    public static bool Is(McpCallPart call) => call.Server == McpServer.Own.Label && call.Name == ToolSearch.Tool.Name;

    /// <summary>A result as clients that see runs are told it.</summary>
    public static McpResultPart Told(ToolResultPart result) => new(
        result.CallId,
        result.ToolReferences.Count == 0
            ? result.Parts
            : [new TextPart(Found + string.Join(Between, result.ToolReferences))])
    {
        IsError = result.IsError,
    };

    /// <summary>What the model was told of a search, of which a client brings back the line.</summary>
    /// <param name="offer">Whoever is found must be there.</param>
    public static ToolResultPart Back(McpResultPart result, ToolOffer offer) =>
        result.Parts is [TextPart { Text: var line }] && line.StartsWith(Found, StringComparison.Ordinal)
            ? new ToolResultPart(result.CallId, [])
            {
                ToolReferences =
                    [.. line[Found.Length..].Split(Between).Where(name => offer.Find(name) is { IsDeferred: true })],
            }
            : new ToolResultPart(result.CallId, result.Parts) { IsError = result.IsError };
}
