using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Lists beside the content that some on this wire send and the model has no word for: OpenRouter's <c>images</c>
/// (https://openrouter.ai/docs/features/multimodal/image-generation) and Groq's <c>executed_tools</c>.
/// </summary>
internal static class OpenAIChatExtras
{
    private static readonly string[] Fields = ["images", "executed_tools"];

    public static IEnumerable<ContentPart> Read(JsonElement message)
    {
        foreach (string field in Fields)
        {
            if (message.ValueOf(field) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0)
            {
                yield return new OpaquePart(DialectIds.OpenAIChat, field, list);
            }
        }
    }

    public static bool CanWrite(ContentPart part) =>
        part is OpaquePart { Dialect: DialectIds.OpenAIChat, Json.ValueKind: JsonValueKind.Array } extra
        && Fields.Contains(extra.Kind);

    /// <summary>Writes each list as the field it came in; the pieces of a stream make one.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<ContentPart> parts)
    {
        if (!parts.Any(CanWrite))
        {
            return;
        }

        foreach (IGrouping<string, OpaquePart> field in parts.Where(CanWrite).Cast<OpaquePart>().GroupBy(p => p.Kind))
        {
            writer.WriteStartArray(field.Key);
            foreach (JsonElement item in field.SelectMany(part => part.Json.EnumerateArray()))
            {
                writer.WriteMended(item);
            }

            writer.WriteEndArray();
        }
    }
}
