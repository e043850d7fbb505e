using System.Text.Json;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects;

/// <summary>
/// Finds whether a piece of content is named instead of brought: by an address or an id, behind which it may be of any
/// length.
/// </summary>
internal static class AddressScan
{
    /// <summary>The longest beginning that is looked at; escapes make a letter six bytes long.</summary>
    private const int Beginning = 96;

    private static readonly string[] Names = ["file_url", "file_uri", "fileUri", "file_id", "fileId", "uri"];

    private static readonly string[] Schemes = ["http:", "https:", "gs:", "s3:", "oss:", "file:"];

    /// <param name="piece">JSON text.</param>
    public static bool IsNamedIn(ReadOnlySpan<byte> piece)
    {
        var reader = new Utf8JsonReader(piece, new JsonReaderOptions { MaxDepth = JsonEnvelope.MaxDepth });
        while (reader.Read())
        {
            ReadOnlySpan<byte> text = reader.ValueSpan;
            if (reader.TokenType == JsonTokenType.PropertyName && text.Length <= Beginning)
            {
                if (Array.IndexOf(Names, LenientText.Decode(text, reader.ValueIsEscaped)) >= 0)
                {
                    return true;
                }
            }
            else if (reader.TokenType == JsonTokenType.String && IsAddress(text, reader.ValueIsEscaped))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAddress(ReadOnlySpan<byte> text, bool isEscaped)
    {
        string start = LenientText.Decode(text[..Math.Min(Beginning, text.Length)], isEscaped).TrimStart();
        foreach (string scheme in Schemes)
        {
            if (start.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
