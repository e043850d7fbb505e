using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Exchanges.Rules;

/// <summary>Gathers the texts within a JSON value, whatever its shape.</summary>
internal static class JsonTexts
{
    /// <returns>False where it has numbers, which may be a text's tokens, and cannot be read.</returns>
    public static bool Add(ReadOnlySpan<byte> json, BoundedText texts)
    {
        bool isText = true;
        var reader = new Utf8JsonReader(json);
        while (!texts.IsFull && reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                texts.Add(LenientText.Decode(reader.ValueSpan, reader.ValueIsEscaped));
            }

            isText &= reader.TokenType != JsonTokenType.Number;
        }

        return isText;
    }
}
