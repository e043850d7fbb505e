using System.Text.Json;
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
        ContinuedBody.IdIn(body, Field, OpenAIResponsesSnapshot.IdPrefix);

    public static void Write(JsonEnvelope body, KeptAnswer previous, PooledBuffer output) => ContinuedBody.Write(
        body,
        output,
        Field,
        Input,
        [
            JsonElement.Parse(previous.Input),
            JsonElement.Parse(previous.Answer).GetProperty("output"),
            JsonElement.Parse(ItemsOf(body)),
        ]);

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
}
