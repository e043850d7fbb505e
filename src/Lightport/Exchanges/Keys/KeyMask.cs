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
/// In an error also the first or the last half of it, where no more is quoted. A few letters stay, as in OpenAI's
/// <c>sk-proj-****wxyz</c>: they tell whoever runs the gateway which key it was, and half a key cannot be guessed.
/// </remarks>
/// <param name="key">Visible ASCII, so that it stands in JSON as it is; null where none was shown.</param>
internal sealed class KeyMask(string? key)
{
    private const string Mask = "[key]";

    /// <summary>
    /// In characters. Shorter ones are taken out of errors alone: elsewhere they may be words of the answer
    /// (<c>ollama</c>).
    /// </summary>
    private const int ShortestSecret = 16;

    private readonly byte[] _bytes = key?.Length >= ShortestSecret ? Encoding.ASCII.GetBytes(key) : [];

    public static KeyMask None { get; } = new(null);

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

    /// <returns>The same bytes where the key is not in them, which costs two fast looks; else a masked copy.</returns>
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

    public bool IsIn(ReadOnlySpan<byte> text) =>
        _bytes.Length > 0
        && (text.IndexOf(_bytes) >= 0
            || (text.IndexOf(Escape) >= 0 && EscapedText.IndexOf(text, key, out _) >= 0));

    private byte[] Copied(ReadOnlySpan<byte> text) =>
        Encoding.Latin1.GetBytes(Masked(Encoding.Latin1.GetString(text), key)!);

    private string? MaskedWithHalves(string? text)
    {
        string? masked = Masked(text, key);
        if (masked is null || _bytes.Length == 0)
        {
            return masked;
        }

        int half = (key!.Length + 1) / 2;
        return Masked(Masked(masked, key.AsSpan(0, half)), key.AsSpan(key.Length - half));
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
