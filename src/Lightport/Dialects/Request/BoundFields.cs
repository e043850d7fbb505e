using System.Buffers.Text;
using Lightport.Transport.Body;

namespace Lightport.Dialects;

/// <summary>
/// Reads, without making objects, the numbers that bound an answer: as whatever the most lenient of servers would take
/// for one, since what is overlooked here is not paid for.
/// </summary>
internal static class BoundFields
{
    /// <summary>The largest of several fields at the top of a body; null where none is a number above zero.</summary>
    public static long? Largest(JsonEnvelope body, params ReadOnlySpan<string> names)
    {
        long? largest = null;
        foreach (string name in names)
        {
            largest = Larger(largest, Number(NeedFields.Value(body, name)));
        }

        return largest;
    }

    public static long? Larger(long? one, long? other) => one > other ? one : other ?? one;

    /// <summary>A number above zero, also with an exponent or in quotes; null where the JSON text is anything else.
    /// </summary>
    public static long? Number(ReadOnlySpan<byte> value)
    {
        value = value.Trim((byte)'"').Trim((byte)' ');
        if (!Utf8Parser.TryParse(value, out double number, out int read) || read != value.Length || !(number > 0))
        {
            return null;
        }

        return number < long.MaxValue ? (long)Math.Ceiling(number) : long.MaxValue;
    }
}
