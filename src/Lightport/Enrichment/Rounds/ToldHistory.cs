using Lightport.Conversation;
using Lightport.Enrichment.Tools;

namespace Lightport.Enrichment.Rounds;

/// <summary>The turns that a client brings back, as the provider was told them.</summary>
internal static class ToldHistory
{
    /// <param name="turns">With what was put in between them.</param>
    /// <param name="offer">The tools, by the names that the model sees.</param>
    /// <param name="asked">What has become of the calls that the client was asked about.</param>
    public static List<Message> Of(IReadOnlyList<Message> turns, ToolOffer offer, AskedRuns asked)
    {
        var said = new List<Message>(turns.Count);
        var runs = new ToldRuns(offer, asked);
        for (int i = 0; i < turns.Count; i++)
        {
            int last = LastOfTurn(turns, i);
            Message turn = Join(turns, i, last);
            if (ToldRuns.IsIn(turn))
            {
                runs.Say(turn, said);
            }
            else
            {
                said.Add(MixedIds.Plain(turn));
            }

            i = last;
        }

        return said;
    }

    /// <summary>An answer that holds runs is one turn, in however many pieces its client brings it back.</summary>
    private static int LastOfTurn(IReadOnlyList<Message> turns, int first)
    {
        int last = first;
        bool hasRuns = false;
        while (last < turns.Count && turns[last].Role == Role.Assistant)
        {
            hasRuns |= ToldRuns.IsIn(turns[last]);
            last++;
        }

        return hasRuns ? last - 1 : first;
    }

    private static Message Join(IReadOnlyList<Message> turns, int first, int last) => first == last
        ? turns[first]
        : turns[first] with { Parts = [.. turns.Skip(first).Take(last - first + 1).SelectMany(turn => turn.Parts)] };
}
