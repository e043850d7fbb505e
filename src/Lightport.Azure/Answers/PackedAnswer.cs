using System.IO.Compression;
using System.Text.Json;
using Lightport.Storage;

namespace Lightport.Azure.Answers;

/// <summary>An answer and what was asked, as compressed JSON: a conversation says most of what it says again.</summary>
internal static class PackedAnswer
{
    public static byte[] Pack(StoredResponse answer)
    {
        using var packed = new MemoryStream();
        using (var compressed = new GZipStream(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(compressed, answer, AzureJsonContext.Default.StoredResponse);
        }

        return packed.ToArray();
    }

    /// <summary>Null where it was packed by a release that this one does not understand.</summary>
    public static StoredResponse? Unpack(byte[] packed)
    {
        try
        {
            using var compressed = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            return JsonSerializer.Deserialize(compressed, AzureJsonContext.Default.StoredResponse);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            return null;
        }
    }
}
