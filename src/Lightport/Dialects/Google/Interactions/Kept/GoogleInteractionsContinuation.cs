using System.Text;
using System.Text.Json;
using Lightport.Dialects.Json;
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
        body.TryGet(Field, out JsonField field) && field.Type == JsonTokenType.String
        && body.GetString(Field) is { } id
        && id.StartsWith(GoogleInteractionsKeeping.IdPrefix, StringComparison.Ordinal)
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
        WriteSteps(writer, JsonElement.Parse(previous.Input));
        WriteSteps(writer, JsonElement.Parse(previous.Answer).GetProperty("steps"));
        WriteSteps(writer, JsonElement.Parse(StepsOf(body)));
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

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

    private static void WriteSteps(Utf8JsonWriter writer, JsonElement steps)
    {
        foreach (JsonElement step in steps.EnumerateArray())
        {
            writer.WriteMended(step);
        }
    }
}
