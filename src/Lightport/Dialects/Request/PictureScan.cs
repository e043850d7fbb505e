using System.Text.Json;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects;

/// <summary>
/// Finds whether what a request calls pictures says of itself that it is something else, as a PDF in an
/// <c>image_url</c>: some servers go by that.
/// </summary>
internal static class PictureScan
{
    /// <summary>The longest beginning that is looked at; escapes make a letter six bytes long.</summary>
    private const int Beginning = 192;

    private const string Data = "data:";
    private const string Picture = "image/";
    private const string Text = "text/";

    private static readonly string[] Types = ["media_type", "mediaType", "mime_type", "mimeType"];

    /// <param name="body">JSON text.</param>
    /// <param name="bringsText">Files of text are counted by their bytes, and may stand beside.</param>
    public static bool FindsElse(ReadOnlySpan<byte> body, bool bringsText)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = JsonEnvelope.MaxDepth });
        bool isType = false;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                isType = reader.ValueSpan.Length <= Beginning
                    && Array.IndexOf(Types, LenientText.Decode(reader.ValueSpan, reader.ValueIsEscaped)) >= 0;
                continue;
            }

            if (reader.TokenType == JsonTokenType.String && IsElse(reader, isType, bringsText))
            {
                return true;
            }

            isType = false;
        }

        return false;
    }

    private static bool IsElse(in Utf8JsonReader reader, bool isType, bool bringsText)
    {
        ReadOnlySpan<byte> value = reader.ValueSpan;
        bool mayBeData = value.Length > Data.Length && value[0] is (byte)'d' or (byte)'D' or (byte)'\\' or (byte)' ';
        if (!isType && !mayBeData)
        {
            return false;
        }

        string said = LenientText.Decode(value[..Math.Min(Beginning, value.Length)], reader.ValueIsEscaped).TrimStart();
        if (!isType)
        {
            int end = said.IndexOfAny([',', ';']);
            if (end < 0 || !said.StartsWith(Data, StringComparison.OrdinalIgnoreCase) || said.IndexOf(' ', 0, end) >= 0)
            {
                return false;
            }

            said = said[Data.Length..];
        }

        return !said.StartsWith(Picture, StringComparison.OrdinalIgnoreCase)
            && !(bringsText && said.StartsWith(Text, StringComparison.OrdinalIgnoreCase));
    }
}
