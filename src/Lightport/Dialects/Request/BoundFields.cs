using System.Buffers.Text;
using System.Text;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects;

/// <summary>
/// Reads the numbers that bound an answer. Only what every server reads as the same number is one; all else may be any
/// number, since what is overlooked here is not paid for.
/// </summary>
internal static class BoundFields
{
    /// <summary>More letters than any number has that means something, escapes and all.</summary>
    private const int MostBytes = 128;

    /// <summary>All of several fields at the top of a body.</summary>
    public static SaidNumber Largest(JsonEnvelope body, params ReadOnlySpan<string> names)
    {
        SaidNumber largest = default;
        foreach (string name in names)
        {
            largest = largest.And(Number(NeedFields.Value(body, name)));
        }

        return largest;
    }

    /// <summary>All of several fields of an object, however often each stands there.</summary>
    public static SaidNumber LargestIn(ReadOnlySpan<byte> owner, params ReadOnlySpan<string> names)
    {
        SaidNumber largest = default;
        foreach (string name in names)
        {
            if (!JsonObjectText.IsObject(owner))
            {
                break;
            }

            var reader = new JsonFieldReader(owner, name);
            while (reader.Next())
            {
                largest = reader.Found ? largest.And(Number(owner[reader.ValueStart..reader.ValueEnd])) : largest;
            }
        }

        return largest;
    }

    /// <summary>A whole number, as such or as a text of digits; absent and <c>null</c> say nothing.</summary>
    public static SaidNumber Number(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value.SequenceEqual("null"u8))
        {
            return default;
        }

        if (value.Length > MostBytes)
        {
            return new SaidNumber(null, IsUnclear: true);
        }

        return value[0] switch
        {
            (byte)'"' when value.Contains((byte)'\\') => Digits(Encoding.UTF8.GetBytes(LenientText.Read(value))),
            (byte)'"' => Digits(value[1..^1]),
            (byte)'-' when !Digits(value[1..]).IsUnclear => default,
            _ => Digits(value),
        };
    }

    /// <summary>The bounds with how long an answer may be, and why that bounds nothing where it does not.</summary>
    /// <param name="field">Where it is unclear; null for the usual field.</param>
    public static RequestBounds WithOutput(RequestBounds bounds, in SaidNumber said, string? field = null) =>
        bounds with
        {
            OutputTokens = said.IsUnclear ? null : said.Most,
            Unbounded = said.IsUnclear ? Unclear(field ?? bounds.OutputField!) : bounds.Unbounded,
        };

    /// <summary>The bounds with how many answers are asked for, likewise.</summary>
    /// <param name="field">Where it is unclear.</param>
    public static RequestBounds WithAnswers(RequestBounds bounds, in SaidNumber said, string field) => bounds with
    {
        Answers = said.IsUnclear ? long.MaxValue : said.Most,
        Unbounded = said.IsUnclear ? Unclear(field) : bounds.Unbounded,
    };

    private static string Unclear(string field) =>
        $"'{field}' is no plain whole number; write it in digits alone";

    private static SaidNumber Digits(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return new SaidNumber(null, IsUnclear: true);
        }

        long number = Utf8Parser.TryParse(text, out long read, out _) ? read : long.MaxValue;
        return new SaidNumber(number > 0 ? number : null, IsUnclear: false);
    }
}
