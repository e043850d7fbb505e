using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// The <c>images</c> of an answer, as OpenRouter has them beside the content
/// (https://openrouter.ai/docs/features/multimodal/image-generation).
/// </summary>
internal static class OpenAIChatImages
{
    public static ReadOnlySpan<byte> Field => "images"u8;

    public static void Write(Utf8JsonWriter writer, ImagePart image)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "image_url"u8);
        writer.WriteStartObject("image_url"u8);
        writer.WriteString("url"u8, image.Source.ToAddress("image/png"));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
