using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Lightport.Conversation;

namespace Lightport.Enrichment.Memory;

/// <summary>A media source can be made in its own ways alone, and so is written by what it is made of.</summary>
internal sealed class MediaSourceConverter : JsonConverter<MediaSource>
{
    public override MediaSource Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, Kept(options)) switch
        {
            { Url: { } url, MediaType: var type } => MediaSource.FromUrl(url, type),
            { Base64: { } base64, MediaType: var type } => MediaSource.FromBase64(base64, type),
            { Text: { } text, MediaType: { } type } => MediaSource.FromText(text, type),
            { FileId: { } id, MediaType: var type } => MediaSource.FromFileId(id, type),
            _ => throw new JsonException("A media source is none of its kinds."),
        };

    public override void Write(Utf8JsonWriter writer, MediaSource value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(
            writer,
            new KeptMedia(value.Url, value.Base64, value.Text, value.FileId, value.MediaType),
            Kept(options));

    private static JsonTypeInfo<KeptMedia> Kept(JsonSerializerOptions options) =>
        (JsonTypeInfo<KeptMedia>)options.GetTypeInfo(typeof(KeptMedia));
}
