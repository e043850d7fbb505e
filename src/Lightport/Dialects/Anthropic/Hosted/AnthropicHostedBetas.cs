using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Hosted;

/// <summary>The betas that a request asks for, as far as a cloud knows them: it refuses any that it does not.</summary>
internal static class AnthropicHostedBetas
{
    public const string Header = "anthropic-beta";

    /// <param name="names">As the header has them, with commas between.</param>
    /// <param name="losses">Told of those that are left out.</param>
    public static IReadOnlyList<string> Of(string? names, AnthropicHost host, LossLedger losses)
    {
        if (string.IsNullOrEmpty(names))
        {
            return [];
        }

        var kept = new List<string>();
        const StringSplitOptions Options = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (string name in names.Split(',', Options))
        {
            string known = name;
            if (host.Betas?.TryGetValue(name, out known!) == false)
            {
                losses.Note("anthropic-beta");
            }
            else if (!kept.Contains(known))
            {
                kept.Add(known);
            }
        }

        return kept;
    }

    /// <summary>The same with what a search among tools needs there: clients of Anthropic's own need not ask for it.
    /// </summary>
    public static IReadOnlyList<string> ForToolSearch(IReadOnlyList<string> betas, AnthropicHost host) =>
        host.ToolSearchBeta is { } needed && !betas.Contains(needed) ? [.. betas, needed] : betas;

    /// <summary>Whether a conversation has deferred tools, or ones that a search has found.</summary>
    public static bool SearchesTools(ModelRequest request) => request is ChatRequest chat
        && (chat.Tools.Any(tool => tool.DeferLoading || tool.IsToolSearch)
            || chat.Messages.Any(turn => turn.Parts.Any(part => part is ToolResultPart { ToolReferences.Count: > 0 })));

    /// <summary>
    /// The same of a body as it came. The words stand so in no text that is said, where quotes are escaped; where they
    /// are a value of something else, one beta more does no harm.
    /// </summary>
    public static bool SearchesTools(ReadOnlySpan<byte> body) =>
        body.IndexOf("\"defer_loading\""u8) >= 0
        || body.IndexOf("\"tool_reference\""u8) >= 0
        || body.IndexOf("\"tool_search_tool_"u8) >= 0;

    public static byte[] ToJson(IReadOnlyList<string> betas)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, JsonSettings.Writing))
        {
            writer.WriteStartArray();
            foreach (string beta in betas)
            {
                writer.WriteStringValue(beta);
            }

            writer.WriteEndArray();
        }

        return text.ToArray();
    }
}
