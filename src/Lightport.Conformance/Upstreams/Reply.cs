using Lightport.Conformance.Cases;

namespace Lightport.Conformance.Upstreams;

/// <summary>An answer with what its provider made for it.</summary>
/// <param name="Answer">What it says.</param>
/// <param name="Number">How many answers this conversation had of the provider before.</param>
/// <param name="CallIds">An id for each call.</param>
/// <param name="State">What the provider wants back to go on, base64; null for nothing.</param>
internal sealed record Reply(Answer Answer, int Number, IReadOnlyList<string> CallIds, string? State)
{
    /// <summary>Text in two pieces, so that a stream has something to put together.</summary>
    public static IEnumerable<string> Halves(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return [];
        }

        // No character may be cut in two: a JSON string holds whole ones only.
        int middle = text.Length / 2;
        middle += middle > 0 && char.IsLowSurrogate(text[middle]) ? 1 : 0;
        return [text[..middle], text[middle..]];
    }
}
