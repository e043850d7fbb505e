namespace Lightport.Conversation;

/// <summary>What coders ask of all turns of a request: by index, which makes no enumerators.</summary>
internal static class MessageListExtensions
{
    public static bool HaveNames(this IReadOnlyList<Message> messages)
    {
        for (int i = 0; i < messages.Count; i++)
        {
            if (messages[i].Name is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether any of them has such a part.</summary>
    public static bool HavePart(this IReadOnlyList<Message> messages, Func<ContentPart, bool> asked)
    {
        for (int i = 0; i < messages.Count; i++)
        {
            if (messages[i].Parts.Has(asked))
            {
                return true;
            }
        }

        return false;
    }
}
