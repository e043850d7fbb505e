using Lightport.Conversation;

namespace Lightport.Enrichment.Rounds;

/// <summary>
/// The ids of a client's calls that stand beside or behind calls of the gateway's. For clients that see nothing of
/// these they say that a turn is more than the client brings back, so that one whose rest is lost is never taken for
/// whole. For those that see runs they say that the call was made in the round of the run before it, which nothing else
/// does where a run and its result come back as one; so do the ids of words that were said there.
/// </summary>
internal static class MixedIds
{
    private const string Mark = "lpmix_";
    private const string Tie = "lptie_";

    /// <summary>A call of the client's, of a turn in which the gateway runs others that it never sees.</summary>
    public static ContentPart Marked(ContentPart part) =>
        part is ToolCallPart call ? call with { CallId = Mark + call.CallId } : part;

    /// <summary>A call, or words, that stand behind a run of their own round; anything else as it is.</summary>
    public static ContentPart Tied(ContentPart part) => part switch
    {
        ToolCallPart call => call with { CallId = Tie + call.CallId },
        TextPart words => words with { Id = SealedCall.TiedWords },
        _ => part,
    };

    public static bool IsTied(ContentPart part) => part switch
    {
        ToolCallPart call => call.CallId.StartsWith(Tie, StringComparison.Ordinal),
        TextPart words => words.Id?.Contains(SealedCall.TiedWords, StringComparison.Ordinal) == true,
        _ => false,
    };

    /// <summary>The part as its provider said it.</summary>
    public static ContentPart Untied(ContentPart part) => part switch
    {
        ToolCallPart call => call with { CallId = Plain(call.CallId) },
        TextPart words => words with { Id = null },
        _ => part,
    };

    /// <summary>The provider's own id.</summary>
    public static string Plain(string callId) =>
        callId.StartsWith(Mark, StringComparison.Ordinal) ? callId[Mark.Length..]
        : callId.StartsWith(Tie, StringComparison.Ordinal) ? callId[Tie.Length..]
        : callId;

    /// <summary>Whether a conversation has a turn of which its client sees a part alone.</summary>
    public static bool AreIn(IReadOnlyList<Message> messages) => messages.Any(IsMarked);

    /// <summary>
    /// The same of the turn that is under way: of what stands behind the last answer that called nothing. Words that
    /// the client lays into the model's mouth for the next answer are none.
    /// </summary>
    public static bool AreUnderWay(IReadOnlyList<Message> messages)
    {
        for (int end = messages.Count; end > 0;)
        {
            int first = end - 1;
            while (first > 0 && messages[first - 1].Role == messages[end - 1].Role)
            {
                first--;
            }

            List<Message> run = [.. messages.Skip(first).Take(end - first)];
            if (run.Exists(IsMarked))
            {
                return true;
            }

            bool isAnswer = run[0].Role == Role.Assistant && end < messages.Count;
            if (isAnswer && !run.Exists(message => message.Parts.Any(part => part is ToolCallPart)))
            {
                return false;
            }

            end = first;
        }

        return false;
    }

    /// <summary>The turn with its providers' ids.</summary>
    public static Message Plain(Message message) => message with
    {
        Parts =
        [
            .. message.Parts.Select(part => part switch
            {
                ToolResultPart result => result with { CallId = Plain(result.CallId) },
                ToolCallPart call => call with { CallId = Plain(call.CallId) },
                _ => part,
            }),
        ],
    };

    private static bool IsMarked(Message message)
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

        return false;
    }
}
