using System.Text.Json;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Takes earlier thinking out of a conversation that passes through, where the provider has no field for it: strict
/// servers refuse a message with a field that they do not know, and clients send back what another model told.
/// </summary>
internal static class OpenAIChatHistory
{
    /// <param name="reasoningField">The field that the provider knows; null where it knows none.</param>
    public static void Patch(JsonEnvelope request, string? reasoningField, BodyPatch patch)
    {
        if (reasoningField == OpenAIChatWire.ReasoningDetails
            || !request.TryGet("messages", out JsonField field)
            || field.Type != JsonTokenType.StartArray)
        {
            // Whoever knows the details knows the plain text too.
            return;
        }

        ReadOnlySpan<byte> messages = request.Value(field);
        if (messages.IndexOf("\"reasoning_"u8) < 0)
        {
            return;
        }

        JsonCuts cuts = Unknown(messages, reasoningField == OpenAIChatWire.ReasoningContent);
        if (cuts.Count > 0)
        {
            using var buffer = new PooledBuffer(messages.Length);
            cuts.WriteTo(messages, buffer);
            patch.Set("messages", buffer.Written.Span);
        }
    }

    private static JsonCuts Unknown(ReadOnlySpan<byte> messages, bool knowsContent)
    {
        var cuts = new JsonCuts();
        var reader = new Utf8JsonReader(messages);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                CutFields(ref reader, cuts, knowsContent);
            }
            else
            {
                reader.Skip();
            }
        }

        return cuts;
    }

    private static void CutFields(ref Utf8JsonReader reader, JsonCuts cuts, bool knowsContent)
    {
        var fields = new JsonListCutter(cuts);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int start = (int)reader.TokenStartIndex;
            bool isUnknown = reader.ValueSpan.SequenceEqual("reasoning_details"u8)
                || (!knowsContent && reader.ValueSpan.SequenceEqual("reasoning_content"u8));
            reader.Read();
            reader.Skip();
            if (isUnknown)
            {
                fields.Cut(start, (int)reader.BytesConsumed);
            }
            else
            {
                fields.Keep(start, (int)reader.BytesConsumed);
            }
        }

        fields.Close((int)reader.TokenStartIndex);
    }
}
