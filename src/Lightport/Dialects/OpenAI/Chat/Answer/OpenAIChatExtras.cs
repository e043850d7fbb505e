using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Lists beside the content that some on this wire send: images, and what the model has no word for (Groq's
/// <c>executed_tools</c>).
/// </summary>
internal static class OpenAIChatExtras
{
    private static readonly string[] Fields = [OpenAIChatImages.Field, "executed_tools"];

    public static IEnumerable<ContentPart> Read(JsonElement message)
    {
        foreach (string field in Fields)
        {
            if (message.ValueOf(field) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0)
            {
                foreach (ContentPart part in Read(field, list))
                {
                    yield return part;
                }
            }
        }
    }

    /// <summary>The parts of one list: images that can be read as such, or else the list as it is.</summary>
    public static IReadOnlyList<ContentPart> Read(string field, JsonElement list) =>
        field == OpenAIChatImages.Field && OpenAIChatImages.Read(list) is { } images
            ? images
            : [new OpaquePart(DialectIds.OpenAIChat, field, list)];

    public static bool CanWrite(ContentPart part) => part is ImagePart
        || (part is OpaquePart { Dialect: DialectIds.OpenAIChat, Json.ValueKind: JsonValueKind.Array } extra
            && Fields.Contains(extra.Kind));

    /// <summary>Writes each list as the field it came in; the pieces of a stream make one.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<ContentPart> parts)
    {
        if (!parts.Has(CanWrite))
        {
            return;
        }

        foreach (IGrouping<string, ContentPart> field in parts.Where(CanWrite).GroupBy(FieldOf))
        {
            writer.WriteStartArray(field.Key);
            foreach (ContentPart part in field)
            {
                WriteItems(writer, part);
            }

            writer.WriteEndArray();
        }
    }

    private static string FieldOf(ContentPart part) => part is OpaquePart list ? list.Kind : OpenAIChatImages.Field;

    private static void WriteItems(Utf8JsonWriter writer, ContentPart part)
    {
        switch (part)
        {
            case ImagePart image:
                OpenAIChatImages.Write(writer, image);
                break;
            case OpaquePart list:
                foreach (JsonElement item in list.Json.EnumerateArray())
                {
                    writer.WriteMended(item);
                }

                break;
        }
    }
}
