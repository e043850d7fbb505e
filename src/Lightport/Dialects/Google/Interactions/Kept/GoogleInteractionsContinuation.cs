using System.Text;
using System.Text.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// A request that goes on from an interaction the gateway kept, written as if its client had sent all steps: what was
/// asked then, what was answered, what is asked now. Tools, instruction and settings are each interaction's own
/// (https://ai.google.dev/gemini-api/docs/interactions#stateful-conversation).
/// </summary>
internal static class GoogleInteractionsContinuation
{
    public const string Field = "previous_interaction_id";

    private const string Input = "input";
    private const string UserInput = "user_input";

    /// <summary>The id; null where it is none of the gateway's.</summary>
    public static string? IdOf(JsonEnvelope body) =>
        ContinuedBody.IdIn(body, Field, GoogleInteractionsKeeping.IdPrefix);

    /// <summary>The interaction of Google's own that a request goes on from, which an account there keeps.</summary>
    public static IReadOnlyList<AccountReference> References(JsonEnvelope body) =>
        body.GetString(Field) is { } id && IdOf(body) is null
            ? [new AccountReference(id, GoogleInteractionsErrors.NotFound(id))]
            : [];

    public static void Write(JsonEnvelope body, KeptAnswer previous, PooledBuffer output) => ContinuedBody.Write(
        body,
        output,
        Field,
        Input,
        [
            JsonElement.Parse(previous.Input),
            JsonElement.Parse(previous.Answer).GetProperty("steps"),
            JsonElement.Parse(StepsOf(body)),
        ]);

    /// <summary>What a request asks, as an array of steps: text and content are a step of the user's.</summary>
    public static string StepsOf(JsonEnvelope body)
    {
        if (!body.TryGet(Input, out JsonField field))
        {
            return "[]";
        }

        string said = Encoding.UTF8.GetString(body.Value(field));
        return field.Type switch
        {
            JsonTokenType.String => Step($$"""{"type":"text","text":{{said}} }"""),
            JsonTokenType.StartObject => Step(said),
            _ => said,
        };
    }

    private static string Step(string content) => $$"""[{"type":"{{UserInput}}","content":[{{content}}]}]""";
}
