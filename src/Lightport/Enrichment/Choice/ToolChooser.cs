using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Mcp;

namespace Lightport.Enrichment.Choice;

/// <summary>
/// Chooses among more tools than a request should get: those whose names, descriptions and parameters answer best what
/// the user began with. Chosen ones keep their order, so that the same choice is the same list.
/// </summary>
internal static class ToolChooser
{
    /// <summary>How many tokens of definitions a request gets at most, guessed.</summary>
    public const int MostTokens = 32_000;

    /// <summary>A list of a server's lives for many requests, and what is read off its tools lives as long.</summary>
    private static readonly ConditionalWeakTable<McpTool, ReadTool> Read = [];

    /// <summary>There are more of them than a request should get.</summary>
    public static bool AreTooMany(IReadOnlyList<McpTool> tools, int most) =>
        tools.Count > most || tools.Sum(TokensOf) > MostTokens;

    /// <param name="tools">All that there are, in their fixed order.</param>
    /// <param name="kept">How many of them, from the first, were chosen before, and stay.</param>
    /// <param name="most">How many may be chosen, those included.</param>
    /// <returns>Places in the list, rising; all of them where none is too many.</returns>
    public static IReadOnlyList<int> Choose(IReadOnlyList<McpTool> tools, ChatRequest request, int kept, int most)
    {
        if (!AreTooMany(tools, most))
        {
            return [.. Enumerable.Range(0, tools.Count)];
        }

        double[] scores = new TextRanking([.. tools.Select(WordsOf)]).Score(FirstWords(request));
        var chosen = new SortedSet<int>(Enumerable.Range(0, Math.Min(kept, tools.Count)));
        long room = MostTokens - chosen.Sum(tool => TokensOf(tools[tool]));
        foreach (int tool in Enumerable.Range(0, tools.Count).Skip(kept).OrderByDescending(tool => scores[tool]))
        {
            if (chosen.Count >= most)
            {
                break;
            }

            // One that is too large for what is left makes room for smaller ones that answer less well.
            if (TokensOf(tools[tool]) <= room)
            {
                room -= TokensOf(tools[tool]);
                chosen.Add(tool);
            }
        }

        return [.. chosen];
    }

    /// <summary>
    /// What the user began with: it is the same on every turn, and so the choice is, also where nothing is remembered.
    /// </summary>
    private static string FirstWords(ChatRequest request)
    {
        var text = new StringBuilder();
        foreach (Message turn in request.Messages.TakeWhile(turn => turn.Role != Role.Assistant))
        {
            foreach (TextPart part in turn.Role == Role.User ? turn.Parts.OfType<TextPart>() : [])
            {
                int room = Math.Max(Words.LongestText - text.Length, 0);
                text.Append(part.Text.AsSpan(0, Math.Min(part.Text.Length, room))).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>What a tool is found by.</summary>
    public static CountedWords WordsOf(McpTool tool) => Of(tool).Words;

    private static long TokensOf(McpTool tool) => Of(tool).Tokens;

    private static ReadTool Of(McpTool tool) => Read.GetValue(
        tool, static read => new ReadTool(CountedWords.Of(Text(read)), CountTokens(read)));

    private static string Text(McpTool tool)
    {
        var text = new StringBuilder();
        text.AppendJoin('\n', tool.Name, tool.Title, tool.Description);
        if (tool.Parameters is { ValueKind: JsonValueKind.Object } schema
            && schema.TryGetProperty("properties", out JsonElement properties)
            && properties.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty parameter in properties.EnumerateObject())
            {
                text.Append('\n').Append(parameter.Name);
            }
        }

        return text.ToString();
    }

    private static long CountTokens(McpTool tool) => UsageEstimator.TokensOf(
        tool.Name.Length
        + Encoding.UTF8.GetByteCount(tool.Description ?? "")
        + (tool.Parameters.ValueKind == JsonValueKind.Undefined
            ? 0 : JsonMarshal.GetRawUtf8Value(tool.Parameters).Length));

    /// <param name="Tokens">Of its definition, guessed.</param>
    private sealed record ReadTool(CountedWords Words, long Tokens);
}
