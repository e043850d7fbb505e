using System.Text.Json;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// A request that goes on from an answer the gateway kept, written as if its client had sent the whole conversation:
/// what was asked then, what was answered, what is asked now. Instructions are not taken over
/// (https://platform.openai.com/docs/api-reference/responses/create#responses-create-previous_response_id).
/// </summary>
internal static class OpenAIResponsesContinuation
{
    private const string Field = "previous_response_id";
    private const string Input = "input";

    /// <summary>The id; null where it is none of the gateway's, but one that a provider's account knows.</summary>
    public static string? IdOf(JsonEnvelope body) =>
        body.TryGet(Field, out JsonField field) && field.Type == JsonTokenType.String
        && body.GetString(Field) is { } id && id.StartsWith(OpenAIResponsesSnapshot.IdPrefix, StringComparison.Ordinal)
            ? id
            : null;

    public static void Write(JsonEnvelope body, KeptAnswer previous, PooledBuffer output)
    {
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        writer.WriteStartObject();
        foreach (JsonField field in body.Fields)
        {
            if (field.Name is not (Field or Input))
            {
                writer.WritePropertyName(field.Name);
                writer.WriteRawValue(body.Value(field), skipInputValidation: true);
            }
        }

        writer.WriteStartArray(Input);
        WriteItems(writer, JsonElement.Parse(previous.Input));
        WriteItems(writer, JsonElement.Parse(previous.Answer).GetProperty("output"));
        WriteItems(writer, JsonElement.Parse(ItemsOf(body)));
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>What a request asks, as an array of items.</summary>
    public static string ItemsOf(JsonEnvelope body)
    {
        if (!body.TryGet(Input, out JsonField field) || field.Type == JsonTokenType.Null)
        {
            return "[]";
        }

        string said = System.Text.Encoding.UTF8.GetString(body.Value(field));
        return field.Type == JsonTokenType.String
            ? $$"""[{"type":"message","role":"user","content":[{"type":"input_text","text":{{said}} }]}]"""
            : said;
    }

    private static void WriteItems(Utf8JsonWriter writer, JsonElement items)
    {
        foreach (JsonElement item in items.EnumerateArray())
        {
            writer.WriteMended(item);
        }
    }
}
