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
            if (HaveShown(messages[i].Parts, dialect))
            {
                said ??= [.. messages];
                said[i] = Said(messages[i], dialect);
            }
        }

        return said ?? messages;
    }

    /// <summary>From the last part on that sums up all before it, behind the system prompt.</summary>
    private static IReadOnlyList<Message> FromSummary(IReadOnlyList<Message> messages, string dialect)
    {
        for (int i = messages.Count - 1; i >= 0; i--)
        {
            IReadOnlyList<ContentPart> parts = messages[i].Parts;
            for (int at = parts.Count - 1; at >= 0; at--)
            {
                if (parts[at] is OpaquePart { StandsForAllBefore: true } summary && summary.Dialect != dialect)
                {
                    return From(messages, i, at);
                }
            }
        }

        return messages;
    }

    /// <param name="turn">Which turn has the summary.</param>
    /// <param name="at">Which part of it that is.</param>
    private static List<Message> From(IReadOnlyList<Message> messages, int turn, int at)
    {
        IReadOnlyList<ContentPart> parts = messages[turn].Parts;
        IEnumerable<Message> system =
            messages.Take(turn).TakeWhile(message => message.Role is Role.System or Role.Developer);
        Message rest = messages[turn] with { Parts = [.. parts.Skip(at + 1)] };
        return
        [
            .. system,
            new Message(Role.User, [parts[at]]),
            .. rest.Parts.Count > 0 ? (Message[])[rest] : [],
            .. messages.Skip(turn + 1),
        ];
    }

    private static bool HaveShown(IReadOnlyList<ContentPart> parts, string dialect)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            if (HasShown(parts[i], dialect))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasShown(ContentPart part, string dialect) => part switch
    {
        OpaquePart opaque => opaque.Shown.Count > 0 && opaque.Dialect != dialect,
        ToolResultPart result => HaveShown(result.Parts, dialect),
        _ => false,
    };

    private static Message Said(Message message, string dialect) =>
        message with { Parts = [.. message.Parts.SelectMany(part => Said(part, dialect))] };

    private static IEnumerable<ContentPart> Said(ContentPart part, string dialect) => part switch
    {
        _ when !HasShown(part, dialect) => [part],
        OpaquePart opaque => opaque.Shown.Select(shown => shown with { Cache = opaque.Cache }),
        ToolResultPart result =>
            [result with { Parts = [.. result.Parts.SelectMany(inner => Said(inner, dialect))] }],
        _ => [part],
    };
}
