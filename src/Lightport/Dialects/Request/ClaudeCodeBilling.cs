using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// The line that Claude Code writes at the top of its system prompt for Anthropic's accounts
/// (<c>x-anthropic-billing-header: cc_version=…; cch=…;</c>). It says nothing to a model, and as it changes with every
/// request no other provider could ever read its prompt cache: it goes to Anthropic alone.
/// </summary>
internal static class ClaudeCodeBilling
{
    private const string Start = "x-anthropic-billing-header:";

    /// <summary>The turns without the line; the very same list where it stands in none.</summary>
    public static IReadOnlyList<Message> Without(IReadOnlyList<Message> messages)
    {
        List<Message>? kept = null;
        for (int i = 0; i < messages.Count; i++)
        {
            if (messages[i].Role != Role.System || !messages[i].Parts.Any(IsLine))
            {
                continue;
            }

            kept ??= [.. messages];
            kept[i] = messages[i] with { Parts = [.. messages[i].Parts.Select(AfterLine).OfType<ContentPart>()] };
        }

        kept?.RemoveAll(message => message is { Role: Role.System, Parts.Count: 0, Extensions.Count: 0 });
        return kept ?? messages;
    }

    private static bool IsLine(ContentPart part) =>
        part is TextPart text && text.Text.AsSpan().TrimStart().StartsWith(Start, StringComparison.Ordinal);

    /// <summary>What follows the line; null where it is all there is.</summary>
    private static ContentPart? AfterLine(ContentPart part)
    {
        if (!IsLine(part))
        {
            return part;
        }

        string text = ((TextPart)part).Text.TrimStart();
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        string rest = end < 0 ? "" : text[end..].TrimStart();
        return rest.Length == 0 ? null : new TextPart(rest) { Cache = part.Cache, Extensions = part.Extensions };
    }
}
