namespace Lightport.Tests.Prefix;

/// <summary>The encoding of a history and more begins with the encoding of that history (docs/dialects.md).</summary>
internal static class PrefixLaw
{
    /// <summary>The first place where what was sent of a history is not what was sent of it before; null for none.</summary>
    public static string? Broken(Sent shorter, Sent longer, Folding folding)
    {
        if (!shorter.System.SequenceEqual(longer.System))
        {
            return Breach("system changed", string.Join('\n', shorter.System), string.Join('\n', longer.System));
        }

        // A tool that a search found is offered from then on where a target has no deferred tools: last, at least.
        if (!shorter.Tools.SequenceEqual(longer.Tools.Take(shorter.Tools.Count)))
        {
            return Breach("tools changed", string.Join('\n', shorter.Tools), string.Join('\n', longer.Tools));
        }

        for (int i = 0; i < shorter.Messages.Count; i++)
        {
            SentMessage before = shorter.Messages[i];
            if (i >= longer.Messages.Count)
            {
                return Breach("a message is gone", before.Whole, "");
            }

            SentMessage after = longer.Messages[i];
            bool isLast = i == shorter.Messages.Count - 1;
            if (before.Whole != after.Whole && !(isLast && IsExtended(before, after, folding)))
            {
                return Breach(isLast ? "the last message changed" : "a message changed", before.Whole, after.Whole);
            }
        }

        return null;
    }

    /// <summary>
    /// Where turns of one role are folded into one, what the client says next may go on the turn that was last: blocks
    /// after those that it had, or in chat, whose assistant has one text, words after those that it had.
    /// </summary>
    private static bool IsExtended(SentMessage before, SentMessage after, Folding folding) =>
        folding != Folding.None
        && before.Head == after.Head
        && (before.Blocks.SequenceEqual(after.Blocks.Take(before.Blocks.Count))
            || (folding == Folding.BlocksAndText && before.Role == "assistant"
                && before.Blocks is [var text] && after.Blocks is [var more]
                && more.StartsWith(text[..^2], StringComparison.Ordinal)));

    private static string Breach(string cause, string before, string after) => $"{cause}\n  {before}\n  {after}";
}
