using Lightport.Conversation;

namespace Lightport.Enrichment.Memory;

/// <summary>
/// Calls that clients have brought back without their ids, and that are known by name, arguments and order alone.
/// </summary>
internal static class MadeIds
{
    public static bool AreIn(IEnumerable<Message> messages)
    {
        foreach (Message message in messages)
        {
            foreach (ContentPart part in message.Parts)
            {
                if (part is ToolCallPart { HasMadeId: true })
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether such calls are answered right now, as they stand in the last answer.</summary>
    public static bool AreAnsweredIn(IReadOnlyList<Message> messages)
    {
        int last = messages.Count - 1;
        while (last >= 0 && messages[last].Role != Role.Assistant)
        {
            last--;
        }

        return last < messages.Count - 1
            && AreIn(messages.Take(last + 1).Reverse().TakeWhile(message => message.Role == Role.Assistant));
    }

    /// <summary>Notes by which ids the provider knows the calls of a turn in whose place another stands.</summary>
    /// <param name="told">The client's turn.</param>
    /// <param name="said">What the provider was told at the time, with the results of the gateway's own calls.</param>
    public static void Note(
        IEnumerable<Message> told, IReadOnlyList<Message> said, Dictionary<string, string> providerIds)
    {
        HashSet<string> answered = [.. Parts<ToolResultPart>(said).Select(result => result.CallId)];
        IEnumerable<ToolCallPart> open = Parts<ToolCallPart>(said).Where(call => !answered.Contains(call.CallId));
        foreach ((ToolCallPart call, ToolCallPart made) in Parts<ToolCallPart>(told).Zip(open))
        {
            if (call.HasMadeId)
            {
                providerIds[call.CallId] = made.CallId;
            }
        }
    }

    /// <summary>A client's turn whose results name calls as their provider knows them.</summary>
    public static Message Named(Message message, Dictionary<string, string> providerIds) =>
        providerIds.Count == 0 || message.Role != Role.Tool ? message : message with
        {
            Parts =
            [
                .. message.Parts.Select(part => part is ToolResultPart result
                    && providerIds.TryGetValue(result.CallId, out string? id) ? result with { CallId = id } : part),
            ],
        };

    private static IEnumerable<T> Parts<T>(IEnumerable<Message> messages) =>
        messages.SelectMany(message => message.Parts).OfType<T>();
}
