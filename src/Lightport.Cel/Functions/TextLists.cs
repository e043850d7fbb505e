using System.Text;
using Lightport.Cel.Values;

namespace Lightport.Cel.Functions;

/// <summary>Texts made of several, and several made of one.</summary>
internal static class TextLists
{
    /// <param name="limit">How many are replaced; below 0 all of them.</param>
    public static CelValue Replace(string text, string old, string made, long limit, CelMeter meter)
    {
        StringBuilder result = new();
        int at = 0;
        for (long count = 0; count != limit && at <= text.Length; count++)
        {
            // An empty part is found between all characters, and at both ends.
            int found = old.Length > 0 ? text.IndexOf(old, at, StringComparison.Ordinal) : at;
            if (found < 0)
            {
                break;
            }

            if (!meter.SpendText(made.Length + found - at))
            {
                return meter.Refusal();
            }

            result.Append(text, at, found - at).Append(made);
            at = found + old.Length;
            if (old.Length == 0)
            {
                int length = at < text.Length ? CodePoints.LengthAt(text, at) : 0;
                result.Append(text, at, length);
                at += Math.Max(length, 1);
            }
        }

        return CelValue.Of(result.Append(text.AsSpan(Math.Min(at, text.Length))).ToString());
    }

    /// <param name="limit">How many parts there are at most, the last with all the rest; below 0 any number.</param>
    public static CelValue Split(string text, string separator, long limit, CelMeter meter)
    {
        List<CelValue> parts = [];
        int at = 0;
        while (limit != 0)
        {
            int end = parts.Count + 1 == limit ? -1 : EndOfPart(text, separator, at);
            if (!meter.SpendText((end < 0 ? text.Length : end) - at))
            {
                return meter.Refusal();
            }

            if (separator.Length > 0 || at < text.Length)
            {
                parts.Add(CelValue.Of(end < 0 ? text[at..] : text[at..end]));
            }

            if (end < 0)
            {
                break;
            }

            at = end + separator.Length;
        }

        return CelValue.Of(new CelList([.. parts]));
    }

    public static CelValue Join(CelList list, string separator, CelMeter meter)
    {
        StringBuilder joined = new();
        for (int index = 0; index < list.Count; index++)
        {
            CelValue part = list[index];
            if (part.Kind != CelKind.String)
            {
                return Failure.NoOverload("join", part);
            }

            if (!meter.SpendText(part.Text.Length + (long)separator.Length))
            {
                return meter.Refusal();
            }

            joined.Append(index == 0 ? "" : separator).Append(part.Text);
        }

        return CelValue.Of(joined.ToString());
    }

    /// <summary>An empty separator stands behind each character.</summary>
    private static int EndOfPart(string text, string separator, int at)
    {
        if (separator.Length > 0)
        {
            return text.IndexOf(separator, at, StringComparison.Ordinal);
        }

        int end = at < text.Length ? at + CodePoints.LengthAt(text, at) : -1;
        return end < text.Length ? end : -1;
    }
}
