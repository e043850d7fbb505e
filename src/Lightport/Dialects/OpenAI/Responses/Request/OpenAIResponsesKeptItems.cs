using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Items that the gateway made and a request only names, as clients do that take each answer for stored
/// (https://platform.openai.com/docs/api-reference/responses/create#responses-create-input). An item's id begins with
/// its kind and holds the id of its answer: <c>rs_req_…_0</c> stands in <c>resp_req_…</c>.
/// </summary>
internal static class OpenAIResponsesKeptItems
{
    private const string Input = "input";
    private const string AnswerPrefix = "resp";
    private const string RequestMark = "_req_";

    public static KeptItem? LastNamed(JsonEnvelope body)
    {
        if (!body.TryGet(Input, out JsonField input) || body.Value(input).IndexOf("_req_"u8) < 0)
        {
            return null;
        }

        IReadOnlyList<AccountReference> named = OpenAIResponsesReferences.In(body);
        for (int place = named.Count - 1; place >= 0; place--)
        {
            // What a request goes on from is named as well; that is an answer, and no item.
            if (AnswerOf(named[place].Id) is { } answer)
            {
                return new KeptItem(answer, named[place].NotFound);
            }
        }

        string? lost = OpenAIResponsesLostResults.In(body.Value(input)).LastOrDefault(id => AnswerOf(id) is not null);
        return lost is null
            ? null
            : new KeptItem(AnswerOf(lost)!, OpenAIResponsesErrors.NotFound(lost)) { MayBeMissing = true };
    }

    public static void Write(JsonEnvelope body, KeptAnswer answer, PooledBuffer output)
    {
        Dictionary<string, JsonElement> kept = ById(answer);
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        writer.WriteStartObject();
        foreach (JsonField field in body.Fields)
        {
            writer.WritePropertyName(field.Name);
            if (field.Name == Input)
            {
                WriteItems(writer, JsonElement.Parse(body.Value(field)), kept);
            }
            else
            {
                writer.WriteRawValue(body.Value(field), skipInputValidation: true);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteItems(
        Utf8JsonWriter writer, JsonElement items, Dictionary<string, JsonElement> kept)
    {
        writer.WriteStartArray();
        foreach (JsonElement item in items.EnumerateArray())
        {
            // Once: no conversation has an item twice, and a short name for a long one is no way to fill the memory.
            string? id = OpenAIResponsesReferences.IdOf(item) ?? OpenAIResponsesLostResults.IdOf(item);
            writer.WriteMended(id is not null && kept.Remove(id, out JsonElement full) ? full : item);
        }

        writer.WriteEndArray();
    }

    /// <summary>An answer's own items, and those before it, which may have been said in full by then.</summary>
    private static Dictionary<string, JsonElement> ById(KeptAnswer answer)
    {
        var found = new Dictionary<string, JsonElement>();
        foreach (JsonElement item in JsonElement.Parse(answer.Input).EnumerateArray()
            .Concat(JsonElement.Parse(answer.Answer).GetProperty("output").EnumerateArray()))
        {
            if (OpenAIResponsesReferences.IdOf(item) is null
                && OpenAIResponsesLostResults.IdOf(item) is null
                && item.TextOf("id") is { } id)
            {
                found[id] = item;
            }
        }

        return found;
    }

    /// <summary>The id of the answer that an item stands in; null where it is none that the gateway made.</summary>
    private static string? AnswerOf(string id)
    {
        int mark = id.LastIndexOf(RequestMark, StringComparison.Ordinal);
        int end = id.LastIndexOf('_');
        return mark > 0 && end > mark + RequestMark.Length && !id.StartsWith(AnswerPrefix, StringComparison.Ordinal)
            ? string.Concat(AnswerPrefix, id.AsSpan(mark, end - mark))
            : null;
    }
}
