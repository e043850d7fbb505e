using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// What a client says beside the conversation to its own dialect's providers (<see cref="OpaquePart.IsAside"/>): it
/// means nothing to a model, so whoever speaks another dialect leaves it out.
/// </summary>
internal static class ForeignAsides
{
    /// <summary>
    /// The turns without it, and with what can be said of <see cref="ForeignParts"/>; the very same list where there is
    /// none of either.
    /// </summary>
    /// <param name="dialect">The one that is spoken.</param>
    /// <param name="losses">Told what was left out.</param>
    public static IReadOnlyList<Message> LeaveOut(
        IReadOnlyList<Message> messages, string dialect, LossLedger losses)
    {
        messages = ForeignParts.Said(messages, dialect);
        List<Message>? kept = null;
        for (int i = messages.Count - 1; i >= 0; i--)
        {
            if (FirstForeign(messages[i].Parts, dialect) is not { } aside)
            {
                continue;
            }

            losses.Note(aside.Kind);
            kept ??= [.. messages];
            kept[i] = Without(messages[i], dialect);
            if (kept[i] is { Parts.Count: 0, Extensions.Count: 0 })
            {
                kept.RemoveAt(i);
            }
        }

        return kept ?? messages;
    }

    private static OpaquePart? FirstForeign(IReadOnlyList<ContentPart> parts, string dialect)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            if (IsForeign(parts[i], dialect))
            {
                return (OpaquePart)parts[i];
            }
        }

        return null;
    }

    /// <summary>A method of its own, as what the lambda needs would else be made for every request.</summary>
    private static Message Without(Message message, string dialect) =>
        message with { Parts = [.. message.Parts.Where(part => !IsForeign(part, dialect))] };

    private static bool IsForeign(ContentPart part, string dialect) =>
        part is OpaquePart { IsAside: true } aside && aside.Dialect != dialect;
}
