using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Takes out of a conversation that passes through the reasoning that carries the gateway's own mark: another vendor's,
/// told to the client in OpenAI's slot. No provider can decrypt it, and each refuses a request with it. Where there was
/// no state to tell, the mark is the item's id, which no provider has kept.
/// </summary>
internal static class OpenAIResponsesHistory
{
    /// <summary>How an item's id begins that the gateway made: <c>rs_</c> and the request's.</summary>
    private static ReadOnlySpan<byte> OwnId => "rs_req_"u8;

    public static void Patch(JsonEnvelope request, BodyPatch patch, LossLedger losses)
    {
        if (!request.TryGet("input", out JsonField field)
            || field.Type != JsonTokenType.StartArray
            || (request.Value(field).IndexOf(OpaqueState.Mark) < 0 && request.Value(field).IndexOf(OwnId) < 0))
        {
            return;
        }

        ReadOnlySpan<byte> input = request.Value(field);
        JsonCuts cuts = Marked(input);
        if (cuts.Count > 0)
        {
            losses.Note("reasoning.encrypted_content");
            using var buffer = new PooledBuffer(input.Length);
            cuts.WriteTo(input, buffer);
            patch.Set("input", buffer.Written.Span);
        }
    }

    private static JsonCuts Marked(ReadOnlySpan<byte> input)
    {
        var cuts = new JsonCuts();
        var items = new JsonListCutter(cuts);
        var reader = new Utf8JsonReader(input);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int start = (int)reader.TokenStartIndex;
            if (IsMarked(ref reader))
            {
                items.Cut(start, (int)reader.BytesConsumed);
            }
            else
            {
                items.Keep(start, (int)reader.BytesConsumed);
            }
        }

        items.Close((int)reader.TokenStartIndex);
        return cuts;
    }

    /// <summary>Reads an item to its end.</summary>
    private static bool IsMarked(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }

        (bool isMarked, bool isOwn, bool hasState) = (false, false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isSlot = reader.ValueSpan.SequenceEqual("encrypted_content"u8);
            bool isId = reader.ValueSpan.SequenceEqual("id"u8);
            reader.Read();
            bool isText = reader.TokenType == JsonTokenType.String;
            hasState |= isSlot && isText;
            isMarked |= isSlot && isText && OpaqueState.IsEnvelope(reader.ValueSpan);
            isOwn |= isId && isText && reader.ValueSpan.StartsWith(OwnId);
            reader.Skip();
        }

        return isMarked || (isOwn && !hasState);
    }
}
