using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// Parts that only the client's own dialect can say, said in parts that every dialect has
/// (<see cref="OpaquePart.Shown"/>).
/// </summary>
internal static class ForeignParts
{
    /// <summary>The turns with those parts in their place; the very same list where there is none.</summary>
    /// <param name="dialect">The one that is spoken.</param>
    public static IReadOnlyList<Message> Said(IReadOnlyList<Message> messages, string dialect)
    {
        messages = FromSummary(messages, dialect);
        List<Message>? said = null;
        for (int i = 0; i < messages.Count; i++)
        {
            IReadOnlyList<ContentPart> parts = messages[i].Parts;
            if (parts.Any(part => HasShown(part, dialect)))
            {
                said ??= [.. messages];
                said[i] = messages[i] with { Parts = [.. parts.SelectMany(part => Said(part, dialect))] };
            }
        }

        return said ?? messages;
    }

    /// <summary>From the last part on that sums up all before it, behind the system prompt.</summary>
    private static IReadOnlyList<Message> FromSummary(IReadOnlyList<Message> messages, string dialect)
    {
        for (int i = messages.Count - 1; i >= 0; i--)
        {
            List<ContentPart> parts = [.. messages[i].Parts];
            int at = parts.FindLastIndex(
                part => part is OpaquePart { StandsForAllBefore: true } summary && summary.Dialect != dialect);
            if (at < 0)
            {
                continue;
            }

            IEnumerable<Message> system =
                messages.Take(i).TakeWhile(message => message.Role is Role.System or Role.Developer);
            Message rest = messages[i] with { Parts = [.. parts.Skip(at + 1)] };
            return
            [
                .. system,
                new Message(Role.User, [parts[at]]),
                .. rest.Parts.Count > 0 ? (Message[])[rest] : [],
                .. messages.Skip(i + 1),
            ];
        }

        return messages;
    }

    private static bool HasShown(ContentPart part, string dialect) => part switch
    {
        OpaquePart opaque => opaque.Shown.Count > 0 && opaque.Dialect != dialect,
        ToolResultPart result => result.Parts.Any(inner => HasShown(inner, dialect)),
        _ => false,
    };

    private static IEnumerable<ContentPart> Said(ContentPart part, string dialect) => part switch
    {
        _ when !HasShown(part, dialect) => [part],
        OpaquePart opaque => opaque.Shown.Select(shown => shown with { Cache = opaque.Cache }),
        ToolResultPart result =>
            [result with { Parts = [.. result.Parts.SelectMany(inner => Said(inner, dialect))] }],
        _ => [part],
    };
}
