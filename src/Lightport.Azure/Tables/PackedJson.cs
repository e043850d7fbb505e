using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Lightport.Azure.Tables;

/// <summary>
/// A value as compressed JSON, to be kept in rows: a configuration and a conversation say most of what they say again.
/// </summary>
internal static class PackedJson
{
    public static byte[] Pack<T>(T value, JsonTypeInfo<T> type, CompressionLevel level)
    {
        using var packed = new MemoryStream();
        using (var compressed = new GZipStream(packed, level))
        {
            JsonSerializer.Serialize(compressed, value, type);
        }

        return packed.ToArray();
    }

    /// <summary>Null where it was packed by a release that this one does not understand.</summary>
    public static T? Unpack<T>(byte[] packed, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            using var compressed = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            return JsonSerializer.Deserialize(compressed, type);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Tells whether what is read is what was written: SHA-256 in lower-case hexadecimal digits.</summary>
    public static string Digest(byte[] packed) => Convert.ToHexStringLower(SHA256.HashData(packed));
}
