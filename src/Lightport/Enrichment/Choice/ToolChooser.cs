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

    /// <param name="tools">All that there are, in their fixed order.</param>
    /// <param name="kept">How many of them, from the first, were chosen before, and stay.</param>
    /// <param name="most">How many may be chosen, those included.</param>
    /// <returns>Places in the list, rising; all of them where none is too many.</returns>
    public static IReadOnlyList<int> Choose(IReadOnlyList<McpTool> tools, ChatRequest request, int kept, int most)
    {
        long[] tokens = [.. tools.Select(TokensOf)];
        if (tools.Count <= most && tokens.Sum() <= MostTokens)
        {
            return [.. Enumerable.Range(0, tools.Count)];
        }

        double[] scores = new TextRanking([.. tools.Select(Text)]).Score(FirstWords(request));
        var chosen = new SortedSet<int>(Enumerable.Range(0, Math.Min(kept, tools.Count)));
        long room = MostTokens - chosen.Sum(tool => tokens[tool]);
        foreach (int tool in Enumerable.Range(0, tools.Count).Skip(kept).OrderByDescending(tool => scores[tool]))
        {
            if (chosen.Count >= most)
            {
                break;
            }

            // One that is too large for what is left makes room for smaller ones that answer less well.
            if (tokens[tool] <= room)
            {
                room -= tokens[tool];
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
                text.Append(part.Text).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>What a tool is found by.</summary>
    public static string Text(McpTool tool)
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

    private static long TokensOf(McpTool tool) => UsageEstimator.TokensOf(
        tool.Name.Length
        + Encoding.UTF8.GetByteCount(tool.Description ?? "")
        + (tool.Parameters.ValueKind == JsonValueKind.Undefined
            ? 0 : JsonMarshal.GetRawUtf8Value(tool.Parameters).Length));
}
