using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Lightport.Storage;

namespace Lightport.Azure.Versions;

/// <summary>A version's content as compressed JSON.</summary>
internal static class PackedContent
{
    public static byte[] Pack(ConfigurationContent content)
    {
        using var packed = new MemoryStream();
        using (var compressed = new GZipStream(packed, CompressionLevel.Optimal))
        {
            JsonSerializer.Serialize(compressed, content, AzureJsonContext.Default.ConfigurationContent);
        }

        return packed.ToArray();
    }

    /// <summary>Null where it was packed by a release that this one does not understand.</summary>
    public static ConfigurationContent? Unpack(byte[] packed)
    {
        try
        {
            using var compressed = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            return JsonSerializer.Deserialize(compressed, AzureJsonContext.Default.ConfigurationContent);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Tells whether what is read is what was written: SHA-256 in lower-case hexadecimal digits.</summary>
    public static string Digest(byte[] packed) => Convert.ToHexStringLower(SHA256.HashData(packed));
}
