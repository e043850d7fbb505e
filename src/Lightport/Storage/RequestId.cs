using System.Buffers;
using System.Globalization;

namespace Lightport.Storage;

/// <summary>
/// An id of a request, taken apart: <c>req_</c>, 16 hexadecimal digits of the process, 12 of a count. What is near in
/// count was near in time.
/// </summary>
public readonly record struct RequestId
{
    private const string Prefix = "req_";
    private const int ProcessLength = 16;
    private const int CountLength = 12;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private RequestId(string text, string process, long count) => (Text, Process, Count) = (text, process, count);

    /// <summary>The whole id.</summary>
    public string Text { get; }

    /// <summary>Which process made it.</summary>
    public string Process { get; }

    /// <summary>How many that process had made by then.</summary>
    public long Count { get; }

    /// <summary>Null where the text is no id that a gateway makes.</summary>
    public static RequestId? Parse(string text) =>
        text.Length == Prefix.Length + ProcessLength + CountLength
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && !text.AsSpan(Prefix.Length).ContainsAnyExcept(Digits)
            ? new RequestId(
                text,
                text.Substring(Prefix.Length, ProcessLength),
                long.Parse(
                    text.AsSpan(Prefix.Length + ProcessLength),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture))
            : null;

    public override string ToString() => Text;
}
