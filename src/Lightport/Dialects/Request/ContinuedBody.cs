using System.Text.Json;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects;

/// <summary>
/// A request that goes on from an answer the gateway kept, written as if its client had sent all of the conversation.
/// </summary>
internal static class ContinuedBody
{
    /// <summary>The id in a field; null where it is none of the gateway's.</summary>
    /// <param name="prefix">What the gateway's own ids begin with.</param>
    public static string? IdIn(JsonEnvelope body, string field, string prefix) =>
        body.GetString(field) is { } id && id.StartsWith(prefix, StringComparison.Ordinal) ? id : null;

    /// <summary>All of a body but the id, with what was said before in front of what is asked now.</summary>
    /// <param name="idField">Where the id stands.</param>
    /// <param name="list">The field that holds the conversation.</param>
    /// <param name="said">JSON arrays: what was asked then, what was answered, what is asked now.</param>
    public static void Write(
        JsonEnvelope body, PooledBuffer output, string idField, string list, ReadOnlySpan<JsonElement> said)
    {
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        writer.WriteStartObject();
        foreach (JsonField field in body.Fields)
        {
            if (field.Name != idField && field.Name != list)
            {
                writer.WritePropertyName(field.Name);
                writer.WriteRawValue(body.Value(field), skipInputValidation: true);
            }
        }

        writer.WriteStartArray(list);
        foreach (JsonElement items in said)
        {
            foreach (JsonElement item in items.EnumerateArray())
            {
                writer.WriteMended(item);
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
