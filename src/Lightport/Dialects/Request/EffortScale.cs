using Lightport.Conversation;

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

    /// <summary>The tokens to think with that a word stands for.</summary>
    public static int Budget(string? effort) => effort switch
    {
        "minimal" => 1024,
        "low" => 2048,
        "high" => 24576,
        "xhigh" => 32768,
        "max" => 63488,
        _ => 8192,
    };

    /// <summary>The word asked for, or that a budget stands for; null where neither was given.</summary>
    public static string? Word(ReasoningOptions asked) => asked switch
    {
        { Effort: { } effort } => effort,
        { BudgetTokens: <= 4096 } => "low",
        { BudgetTokens: <= 16384 } => "medium",
        { BudgetTokens: not null } => "high",
        _ => null,
    };

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
