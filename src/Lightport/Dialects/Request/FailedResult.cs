using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// What came of a call that failed, for targets that take nothing but text in such a result: what else it has stands
/// behind it, in the same turn.
/// </summary>
internal static class FailedResult
{
    /// <returns>The result as the target takes it, and what is to stand behind all results of the turn.</returns>
    public static (ToolResultPart Result, IReadOnlyList<ContentPart> Behind) InWords(ToolResultPart result)
    {
        if (!result.IsError || result.Parts.All(part => part is TextPart))
        {
            return (result, []);
        }

        List<ContentPart> words = [.. result.Parts.Where(part => part is TextPart)];
        if (words.Count == 0)
        {
            words.Add(new TextPart("Error: what came of the call stands behind the results."));
        }

        return (
            result with { Parts = words },
            [
                new TextPart($"What else came of the failed tool call ({result.CallId}):"),
                .. result.Parts.Where(part => part is not TextPart),
            ]);
    }
}
