namespace Lightport.Dialects;

/// <summary>The field's words for how much to think, from the least to the most.</summary>
internal static class EffortScale
{
    public static IReadOnlyList<string> Words { get; } = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

    /// <summary>
    /// The word itself where the model takes it, else the next one above that it takes, else its highest. A word that
    /// is not on the scale becomes the highest too: whoever says more than all these asks for much.
    /// </summary>
    /// <param name="effort">What the client asked for.</param>
    /// <param name="taken">What the model takes; where nobody said, every word is.</param>
    public static string Within(string effort, IReadOnlyList<string> taken)
    {
        if (taken.Count == 0 || taken.Contains(effort))
        {
            return effort;
        }

        int asked = Place(effort);
        foreach (string word in taken)
        {
            if (asked >= 0 && Place(word) > asked)
            {
                return word;
            }
        }

        return taken[^1];
    }

    private static int Place(string effort)
    {
        for (int place = 0; place < Words.Count; place++)
        {
            if (Words[place] == effort)
            {
                return place;
            }
        }

        return -1;
    }
}
