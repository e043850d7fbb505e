using System.Runtime.InteropServices;

namespace Lightport.Enrichment.Choice;

/// <summary>The words of a text and how often each stands there, which is all that a ranking needs of it.</summary>
/// <param name="Length">In words, repeated ones included.</param>
internal sealed record CountedWords(int Length, KeyValuePair<string, int>[] Times)
{
    public static CountedWords Of(string text)
    {
        var times = new Dictionary<string, int>(StringComparer.Ordinal);
        int length = 0;
        foreach (string word in Words.SingularOf(text))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(times, word, out _)++;
            length++;
        }

        return new CountedWords(length, [.. times]);
    }
}
