using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// How a demand for JSON is carried: as <c>output_config.format</c> where the model takes a schema and the API's subset
/// can say it (https://platform.claude.com/docs/en/build-with-claude/structured-outputs), else as a reserved tool: one
/// that the model must call, or where it cannot be made to, is told to. Where there is no schema, or none that a tool
/// may have, an instruction must do.
/// </summary>
/// <param name="Schema">For <c>output_config.format</c>; null where that is not the way.</param>
/// <param name="ToolSchema">The reserved tool's schema; null where that is not the way.</param>
/// <param name="ForcedChoice">The tool choice that the way asks for; null leaves the client's.</param>
/// <param name="Instruction">What the system prompt says besides.</param>
internal sealed record AnthropicMessagesStructuredOutput(
    JsonElement? Schema = null,
    JsonElement? ToolSchema = null,
    ToolChoice? ForcedChoice = null,
    string? Instruction = null)
{
    private const string JsonOnly = "Answer with a single JSON object and nothing else: no other words, no code fence.";

    private static readonly AnthropicMessagesStructuredOutput None = new();

    /// <summary>What Anthropic's own clients rewrite before they send a schema.</summary>
    public static JsonSchemaSubset Subset { get; } = new()
    {
        ClosedObjects = true,
        SimplePatterns = true,
        OneOfAsAnyOf = true,
        LargestMinItems = 1,
        Refused = FrozenSet.Create(
            "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
            "maxItems", "uniqueItems", "contains", "minContains", "maxContains", "minProperties", "maxProperties",
            "patternProperties", "propertyNames", "dependentRequired", "dependentSchemas", "unevaluatedProperties",
            "unevaluatedItems", "not", "if", "then", "else", "prefixItems", "examples"),
        Formats = FrozenSet.Create(
            "date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid"),
    };

    /// <param name="thinksByBudget">Beside a thinking budget the API refuses a tool that must be called.</param>
    public static AnthropicMessagesStructuredOutput Plan(
        ChatRequest request, EncodingContext context, AnthropicMessagesStrictBudget strict, bool thinksByBudget)
    {
        ResponseFormat? format = request.Options.ResponseFormat;
        if (format is null or { Kind: ResponseFormatKind.Text })
        {
            return None;
        }

        if (format is not { Kind: ResponseFormatKind.JsonSchema, Schema: { } schema })
        {
            return new AnthropicMessagesStructuredOutput(Instruction: JsonOnly);
        }

        bool own = AnthropicMessagesRequestEncoder.IsOwn(request);
        if (context.Traits.StructuredOutput && (own || strict.TakesAnswer(schema)))
        {
            return new AnthropicMessagesStructuredOutput(Schema: schema);
        }

        if (format.Strict == true)
        {
            // From here on the model is asked to keep to the schema, and nobody holds it to that.
            context.Losses.Note("response_format.json_schema.strict");
        }

        return AnthropicMessagesToolWriter.IsForced(request) || !CanBeATool(schema)
            ? ByInstruction(schema)
            : ByTool(request, schema, canForce: context.Traits.ForcedTools && !thinksByBudget);
    }

    private static AnthropicMessagesStructuredOutput ByInstruction(JsonElement schema)
    {
        string text = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(schema));
        return new AnthropicMessagesStructuredOutput(
            Instruction: $"Answer with JSON that conforms to this JSON Schema, and with nothing else:\n{text}");
    }

    /// <summary>
    /// The model is told in every case, also where it is made to call: whether it can be made to goes by how this one
    /// request thinks, and the system prompt of a conversation must not change with that.
    /// </summary>
    private static AnthropicMessagesStructuredOutput ByTool(ChatRequest request, JsonElement schema, bool canForce)
    {
        bool mayCall = request.Tools.Count > 0 && request.ToolChoice is not { Mode: ToolChoiceMode.None };
        return new AnthropicMessagesStructuredOutput(
            ToolSchema: schema,
            ForcedChoice: !canForce ? ToolChoice.Auto
                : mayCall ? ToolChoice.Any
                : ToolChoice.Named(AnthropicMessagesWire.StructuredOutputTool),
            Instruction: $"Give your final answer by calling {AnthropicMessagesWire.StructuredOutputTool} once.");
    }

    /// <summary>A tool's schema is an object without alternatives at its root.</summary>
    private static bool CanBeATool(JsonElement schema) =>
        IsObject(schema)
        && !schema.TryGetProperty("anyOf", out _)
        && !schema.TryGetProperty("oneOf", out _)
        && !schema.TryGetProperty("allOf", out _);

    private static bool IsObject(JsonElement schema) =>
        LenientText.TryGetProperty(schema, "type", out JsonElement type) && type.Is("object");
}
