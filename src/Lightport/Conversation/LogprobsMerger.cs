using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Lightport.Conversation;

/// <summary>
/// Joins the log probabilities of a stream's chunks: each list of the object is the chunks' lists in order.
/// </summary>
internal static class LogprobsMerger
{
    private static readonly string[] Lists = ["content", "refusal"];

    public static JsonElement? Merge(List<JsonElement> chunks)
    {
        if (chunks.Count < 2)
        {
            return chunks.Count == 0 ? null : chunks[0];
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (string list in Lists)
            {
                WriteList(writer, list, chunks);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void WriteList(Utf8JsonWriter writer, string list, List<JsonElement> chunks)
    {
        JsonElement[] parts =
        [
            .. chunks.Select(chunk => chunk.TryGetProperty(list, out JsonElement value) ? value : default)
                .Where(value => value.ValueKind == JsonValueKind.Array),
        ];
        if (parts.Length == 0)
        {
            writer.WriteNull(list);
            return;
        }

        writer.WriteStartArray(list);
        foreach (JsonElement token in parts.SelectMany(part => part.EnumerateArray()))
        {
            // As it stood: half of a character is a token of its own, and no text that the writer would take.
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(token), skipInputValidation: true);
        }

        writer.WriteEndArray();
    }
}
