using System.Text;
using System.Text.Json;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>JSON of an answer as text: Google breaks the lines of a whole answer, and not those of a stream.</summary>
internal static class GoogleGeminiJson
{
    /// <summary>
    /// The value without white space between its tokens, so that whole and streamed answers say the same.
    /// </summary>
    public static string OnOneLine(JsonElement value)
    {
        using var buffer = new PooledBuffer(256);
        using var writer = new Utf8JsonWriter(buffer, JsonSettings.Writing);
        writer.WriteMended(value);
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.Written.Span);
    }
}
