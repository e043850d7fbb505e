using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// What a request names of what an account keeps: the answer that it goes on from, and items by their ids alone
/// (https://platform.openai.com/docs/api-reference/responses/create#responses-create-input).
/// </summary>
internal static class OpenAIResponsesReferences
{
    /// <summary>Each is looked up; a conversation of more turns goes on from an answer.</summary>
    private const int Most = 1000;

    private const string Previous = "previous_response_id";
    private const string Input = "input";

    /// <exception cref="GatewayException">They are too many.</exception>
    public static IReadOnlyList<AccountReference> In(JsonEnvelope body)
    {
        List<AccountReference>? found = null;
        if (body.TryGet(Previous, out JsonField previous) && previous.Type == JsonTokenType.String)
        {
            string id = body.GetString(Previous) ?? "";
            (found ??= []).Add(new AccountReference(id, OpenAIResponsesErrors.NotFound(id)));
        }

        if (body.TryGet(Input, out JsonField input) && input.Type == JsonTokenType.StartArray)
        {
            ReadItems(body.Value(input), ref found);
        }

        return found is null ? [] : found;
    }

    /// <summary>The id that an item is nothing but a name for; null where it says something.</summary>
    public static string? IdOf(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(item));
        reader.Read();
        return ReadItem(ref reader) is [var id, ..] ? id : null;
    }

    private static void ReadItems(ReadOnlySpan<byte> input, ref List<AccountReference>? found)
    {
        HashSet<string>? known = null;
        var reader = new Utf8JsonReader(input);
        reader.Read();
        for (int place = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; place++)
        {
            foreach (string id in ReadItem(ref reader))
            {
                if (!(known ??= []).Add(id))
                {
                    continue;
                }

                if (known.Count > Most)
                {
                    throw GatewayException.BadRequest($"'input' refers to more than {Most} items.", Input);
                }

                (found ??= []).Add(new AccountReference(id, NotFound(id, place)));
            }
        }
    }

    /// <summary>
    /// The ids of an item that is nothing but a name for another, by whichever of its fields that can be read. An item
    /// without a type is one, unless it says something.
    /// </summary>
    private static List<string> ReadItem(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return [];
        }

        (bool isReference, bool isSaid, List<string>? ids) = (false, false, null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = Is(reader, "type"u8);
            bool isId = Is(reader, "id"u8);
            isSaid |= Is(reader, "role"u8) || Is(reader, "content"u8);
            reader.Read();
            if (reader.TokenType == JsonTokenType.String && isType)
            {
                isReference |= Is(reader, "item_reference"u8);
                isSaid = true;
            }
            else if (reader.TokenType == JsonTokenType.String && isId)
            {
                (ids ??= []).Add(LenientText.Decode(reader.ValueSpan, reader.ValueIsEscaped));
            }

            reader.Skip();
        }

        return ids is not null && (isReference || !isSaid) ? ids : [];
    }

    private static bool Is(in Utf8JsonReader reader, ReadOnlySpan<byte> word) => reader.ValueIsEscaped
        ? LenientText.Decode(reader.ValueSpan, escaped: true) == Encoding.UTF8.GetString(word)
        : reader.ValueSpan.SequenceEqual(word);

    /// <summary>An item that is not known, or not to this client: it is not told which.</summary>
    private static GatewayError NotFound(string id, int place) =>
        new(ErrorStage.Request, ErrorKind.NotFound, 404, $"Item with id '{ShortText.Of(id)}' not found.")
        {
            Param = string.Create(CultureInfo.InvariantCulture, $"input[{place}].id"),
        };
}
