using System.Buffers;
using System.Text;
using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Exchanges;

/// <summary>
/// Takes a provider's key out of what it says: some quote the key that they were shown, in an error, in the middle of a
/// stream, in a header; as it is, or with JSON's escapes in it.
/// </summary>
/// <remarks>
/// In an error also the first or the last half of it, where no more is quoted; of a long one everywhere, for one of
/// two events that a key is split over holds a half (over more of them: <see cref="KeyTrail"/>). A few letters stay,
/// as in OpenAI's <c>sk-proj-****wxyz</c>: they tell whoever runs the gateway which key it was, and half a key cannot
/// be guessed.
/// </remarks>
/// <param name="key">Visible ASCII, so that it stands in JSON as it is; null where none was shown.</param>
internal sealed class KeyMask(string? key)
{
    private const string Mask = "[key]";

    /// <summary>What stands in a key's place.</summary>
    public static ReadOnlySpan<byte> MaskBytes => "[key]"u8;

    /// <summary>
    /// In characters. Shorter ones are taken out of errors alone: elsewhere they may be words of the answer
    /// (<c>ollama</c>).
    /// </summary>
    private const int ShortestSecret = 16;

    /// <summary>In characters. The half of a shorter one may be a word of the answer.</summary>
    private const int ShortestHalved = 2 * ShortestSecret;

    /// <summary>In characters: those are no vendor's, as a key's first ones may be.</summary>
    private const int MostShownOfLast = 7;

    private readonly byte[] _bytes = key?.Length >= ShortestSecret ? Encoding.ASCII.GetBytes(key) : [];

    public static KeyMask None { get; } = new(null);

    /// <summary>
    /// For streams that quote the key in pieces, or its last half; none where it is too short to be looked for in an
    /// answer. As much of it may be told as can be a word of the answer (<c>sk-ant-api03-</c>), and less than half; of
    /// its last half as much as stands nowhere by chance.
    /// </summary>
    public IReadOnlyList<KeyPattern> Patterns => field ??= _bytes.Length == 0
        ? []
        : [new KeyPattern(key!, Math.Min(ShortestSecret, Half) - 1), .. LastHalf()];

    /// <summary>What text must hold for the key to stand in it escaped, which most text does not.</summary>
    private ReadOnlySpan<byte> Escape => key.AsSpan().ContainsAny('/', '"', '\\') ? "\\"u8 : "\\u00"u8;

    public GatewayError Apply(GatewayError error) => string.IsNullOrEmpty(key)
        ? error
        : error with
        {
            Message = MaskedWithHalves(error.Message)!,
            Type = MaskedWithHalves(error.Type),
            Code = MaskedWithHalves(error.Code),
            Param = MaskedWithHalves(error.Param),
            Details = MaskedWithHalves(error.Details),
            Headers = [.. error.Headers.Select(header => KeyValuePair.Create(header.Key, Apply(header.Value)))],
        };

    /// <summary>A header's value.</summary>
    public string Apply(string text) => _bytes.Length > 0 ? Masked(text, key)! : text;

    private bool IsHalved => _bytes.Length >= ShortestHalved;

    private IEnumerable<KeyPattern> LastHalf() =>
        IsHalved ? [new KeyPattern(key![^Half..], MostShownOfLast)] : [];

    /// <summary>In characters, of an odd number the larger.</summary>
    private int Half => (_bytes.Length + 1) / 2;

    /// <returns>The same bytes where the key is not in them, which a few fast looks tell; else a masked copy.</returns>
    public ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> text) => IsIn(text) ? Copied(text) : text;

    /// <summary>The same for a whole body, in its own buffer.</summary>
    public void Apply(PooledBuffer body)
    {
        if (IsIn(body.Written.Span))
        {
            byte[] masked = Copied(body.Written.Span);
            body.Clear();
            body.Write(masked);
        }
    }

    public bool IsIn(ReadOnlySpan<byte> text) => IsHalved
        ? IsIn(text, 0, Half) || IsIn(text, _bytes.Length - Half, Half)
        : _bytes.Length > 0 && IsIn(text, 0, _bytes.Length);

    private bool IsIn(ReadOnlySpan<byte> text, int start, int length) =>
        text.IndexOf(_bytes.AsSpan(start, length)) >= 0
        || (text.IndexOf(Escape) >= 0 && EscapedText.IndexOf(text, key.AsSpan(start, length), out _) >= 0);

    private byte[] Copied(ReadOnlySpan<byte> text)
    {
        string said = Encoding.Latin1.GetString(text);
        return Encoding.Latin1.GetBytes((IsHalved ? MaskedWithHalves(said) : Masked(said, key))!);
    }

    private string? MaskedWithHalves(string? text)
    {
        string? masked = Masked(text, key);
        if (masked is null || _bytes.Length == 0)
        {
            return masked;
        }

        return Masked(Masked(masked, key.AsSpan(0, Half)), key.AsSpan(key!.Length - Half));
    }

    private static string? Masked(string? text, ReadOnlySpan<char> word)
    {
        if (text is null || EscapedText.IndexOf(text.AsSpan(), word, out int length) is var at && at < 0)
        {
            return text;
        }

        var masked = new StringBuilder(text.Length);
        ReadOnlySpan<char> rest = text;
        while (at >= 0)
        {
            masked.Append(rest[..at]).Append(Mask);
            rest = rest[(at + length)..];
            at = EscapedText.IndexOf(rest, word, out length);
        }

        return masked.Append(rest).ToString();
    }
}
