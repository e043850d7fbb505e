using System.Text;
using System.Text.Unicode;

namespace Lightport.Transport.Body;

/// <summary>
/// Text as it may go to a client: what is not UTF-8 becomes U+FFFD, for one broken byte breaks a whole JSON.
/// </summary>
internal static class Utf8Text
{
    /// <returns>The same bytes where they are sound, which costs one fast look; else a mended copy.</returns>
    public static ReadOnlyMemory<byte> Mend(ReadOnlyMemory<byte> text) =>
        Utf8.IsValid(text.Span) ? text : Mended(text.Span);

    /// <inheritdoc cref="Mend(ReadOnlyMemory{byte})"/>
    public static ReadOnlySpan<byte> Mend(ReadOnlySpan<byte> text) => Utf8.IsValid(text) ? text : Mended(text);

    private static byte[] Mended(ReadOnlySpan<byte> text) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));
}
