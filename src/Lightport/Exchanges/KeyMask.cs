using System.Buffers;
using System.Text;
using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Exchanges;

/// <summary>
/// Takes a provider's key out of what it says: some quote the key that they were shown, in an error, in the middle of a
/// stream, in a header.
/// </summary>
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

    public GatewayError Apply(GatewayError error) => string.IsNullOrEmpty(key)
        ? error
        : error with
        {
            Message = Masked(error.Message)!,
            Type = Masked(error.Type),
            Code = Masked(error.Code),
            Param = Masked(error.Param),
            Details = Masked(error.Details),
            Headers = [.. error.Headers.Select(header => KeyValuePair.Create(header.Key, Apply(header.Value)))],
        };

    /// <summary>A header's value.</summary>
    public string Apply(string text) => _bytes.Length > 0 ? Masked(text)! : text;

    /// <returns>The same bytes where the key is not in them, which costs one fast look; else a masked copy.</returns>
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

    public bool IsIn(ReadOnlySpan<byte> text) => _bytes.Length > 0 && text.IndexOf(_bytes) >= 0;

    private byte[] Copied(ReadOnlySpan<byte> text) =>
        Encoding.Latin1.GetBytes(Masked(Encoding.Latin1.GetString(text))!);

    private string? Masked(string? text) =>
        string.IsNullOrEmpty(key) ? text : text?.Replace(key, Mask, StringComparison.Ordinal);
}
