using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// How a demand for JSON is carried (https://ai.google.dev/gemini-api/docs/structured-output): as a schema of the
/// answer where the model takes one, beside tools too or where there are none; else as a reserved tool that it must
/// call; where neither can be, an instruction must do.
/// </summary>
/// <param name="MimeType">What the answer is; null where that is not the way.</param>
/// <param name="Schema">The answer's schema, or the reserved tool's; null where there is none.</param>
/// <param name="IsTool">The reserved tool is the way.</param>
/// <param name="Instruction">What the system prompt says besides.</param>
internal sealed record GoogleGeminiStructuredOutput(
    string? MimeType = null, JsonElement? Schema = null, bool IsTool = false, string? Instruction = null)
{
    private const string Json = "application/json";

    private static readonly GoogleGeminiStructuredOutput None = new();

    /// <summary>
    /// The words of JSON Schema that the API passes over or refuses are told in descriptions; of references it takes
    /// those that stand alone, and round ones in properties that need not be there
    /// (https://ai.google.dev/api/generate-content#FIELDS.response_json_schema).
    /// </summary>
    public static JsonSchemaSubset Subset { get; } = new()
    {
        OneOfAsAnyOf = true,
        ConstAsEnum = true,
        LoneReferences = true,
        OptionalRecursion = true,
        Refused = FrozenSet.Create(
            "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "uniqueItems", "contains", "minContains",
            "maxContains", "patternProperties", "propertyNames", "dependentRequired", "dependentSchemas",
            "unevaluatedProperties", "unevaluatedItems", "not", "if", "then", "else", "examples", "discriminator"),
    };

    public static GoogleGeminiStructuredOutput Plan(ChatRequest request, bool hasTools, EncodingContext context)
    {
        ResponseFormat? format = request.Options.ResponseFormat;
        if (format is null or { Kind: ResponseFormatKind.Text })
        {
            return None;
        }

        bool takesJson = !hasTools || context.Traits.SchemaBesideTools;
        if (format is not { Kind: ResponseFormatKind.JsonSchema, Schema: { } schema })
        {
            return takesJson ? new(Json) : new(Instruction: AnswerByTool.JsonOnly);
        }

        if (takesJson && context.Traits.StructuredOutput)
        {
            return new(Json, schema);
        }

        if (format.Strict == true)
        {
            // From here on the model is asked to keep to the schema, and nobody holds it to that.
            context.Losses.Note("response_format.json_schema.strict");
        }

        return OfferedToolChoice.IsForced(request) || !IsObject(schema)
            ? new(Instruction: AnswerByTool.Describe(schema))
            : new(Schema: schema, IsTool: true,
                Instruction: AnswerByTool.Ask(GoogleGeminiWire.StructuredOutputTool));
    }

    /// <summary>Writes the fields of <c>generationConfig</c>.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        if (MimeType is null)
        {
            return;
        }

        writer.WriteString("responseMimeType"u8, MimeType);
        if (Schema is { } schema)
        {
            writer.WritePropertyName("responseJsonSchema"u8);
            Subset.Write(writer, schema);
        }
    }

    private static bool IsObject(JsonElement schema) =>
        LenientText.TryGetProperty(schema, "type", out JsonElement type) && type.Is("object");
}
