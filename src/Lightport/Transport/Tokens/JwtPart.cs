using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Lightport.Transport.Tokens;

/// <summary>Makes a part of a JSON Web Token (RFC 7515): its header, or its claims.</summary>
internal static class JwtPart
{
    /// <param name="write">Writes the fields.</param>
    public static string Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }
}
