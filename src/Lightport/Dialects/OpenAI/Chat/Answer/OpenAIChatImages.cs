using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// The <c>images</c> of an answer, as OpenRouter has them beside the content
/// (https://openrouter.ai/docs/features/multimodal/image-generation).
/// </summary>
internal static class OpenAIChatImages
{
    public const string Field = "images";

    /// <summary>The images of a list; null where one of them has no address that can be read.</summary>
    public static IReadOnlyList<ImagePart>? Read(JsonElement list)
    {
        var images = new List<ImagePart>();
        foreach (JsonElement item in list.EnumerateArray())
        {
            if (item.ObjectOf("image_url")?.TextOf("url") is not { } address
                || !MediaSource.TryFromAddress(address, out MediaSource? source, out _))
            {
                return null;
            }

            images.Add(new ImagePart(source) { Extensions = Others(item) });
        }

        return images;
    }

    public static void Write(Utf8JsonWriter writer, ImagePart image)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "image_url"u8);
        writer.WriteStartObject("image_url"u8);
        writer.WriteString("url"u8, image.Source.ToAddress("image/png"));
        writer.WriteEndObject();
        foreach (Extension other in image.Extensions)
        {
            writer.WritePropertyName(other.Name);
            writer.WriteMended(other.Value);
        }

        writer.WriteEndObject();
    }

    private static Extension[] Others(JsonElement item) =>
    [
        .. item.EnumerateObject().Select(field => new Extension(LenientText.Name(field), field.Value))
            .Where(field => field.Name is not ("type" or "image_url")),
    ];
}
