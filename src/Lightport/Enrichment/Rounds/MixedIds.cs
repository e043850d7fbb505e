using Lightport.Conversation;

namespace Lightport.Enrichment.Rounds;

/// <summary>
/// The ids of a client's calls that were made beside calls of the gateway's, for clients that see nothing of these:
/// they say that a turn is more than the client brings back, so that one whose rest is lost is never taken for whole.
/// </summary>
internal static class MixedIds
{
    private const string Mark = "lpmix_";

    public static string Marked(string callId) => Mark + callId;

    /// <summary>The provider's own id.</summary>
    public static string Plain(string callId) =>
        callId.StartsWith(Mark, StringComparison.Ordinal) ? callId[Mark.Length..] : callId;

    /// <summary>Whether a conversation has such a turn.</summary>
    public static bool AreIn(IReadOnlyList<Message> messages)
    {
        foreach (Message message in messages)
        {
            foreach (ContentPart part in message.Parts)
            {
                string? id = part switch
                {
                    ToolCallPart call => call.CallId,
                    ToolResultPart result => result.CallId,
                    _ => null,
                };
                if (id?.StartsWith(Mark, StringComparison.Ordinal) == true)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The turn with its providers' ids.</summary>
    public static Message Plain(Message message) => message.Role != Role.Tool ? message : message with
    {
        Parts =
        [
            .. message.Parts.Select(part =>
                part is ToolResultPart result ? result with { CallId = Plain(result.CallId) } : part),
        ],
    };
}
