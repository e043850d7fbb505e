using Lightport.Conversation;

namespace Lightport.Enrichment.Memory;

/// <summary>
/// Counts a conversation by runs of a role: turns of one role that follow on each other are one, in however many
/// messages a client says them. A session is found by a digest that does not see these cuts, so no place in it may
/// depend on them either.
/// </summary>
internal static class TurnRuns
{
    /// <summary>How many runs begin before a message.</summary>
    /// <param name="place">The message's number, from 0; how many there are, for all runs.</param>
    public static int CountBefore(IReadOnlyList<Message> messages, int place)
    {
        int runs = 0;
        for (int i = 0; i < place; i++)
        {
            if (i == 0 || messages[i].Role != messages[i - 1].Role)
            {
                runs++;
            }
        }

        return runs;
    }

    /// <summary>The number of the first message behind a run.</summary>
    /// <param name="first">The number of the run's first message.</param>
    public static int EndOf(IReadOnlyList<Message> messages, int first)
    {
        int end = first;
        while (end < messages.Count && messages[end].Role == messages[first].Role)
        {
            end++;
        }

        return end;
    }
}
