using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.AnthropicMessages;

/// <summary>
/// How a demand for JSON is carried: as <c>output_config.format</c> where the model takes a schema
/// (https://platform.claude.com/docs/en/build-with-claude/structured-outputs), else as a tool that it must call, and
/// where no tool may be forced, or there is no schema, as an instruction.
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

    public static AnthropicMessagesStructuredOutput Plan(ChatRequest request, TargetTraits traits, bool thinksByBudget)
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

        if (traits.StructuredOutput)
        {
            return new AnthropicMessagesStructuredOutput(Schema: schema);
        }

        if (AnthropicMessagesToolWriter.IsForced(request) || !IsObject(schema))
        {
            string text = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(schema));
            return new AnthropicMessagesStructuredOutput(
                Instruction: $"Answer with JSON that conforms to this JSON Schema, and with nothing else:\n{text}");
        }

        if (thinksByBudget)
        {
            // The API refuses a forced tool beside a thinking budget.
            return new AnthropicMessagesStructuredOutput(
                ToolSchema: schema,
                ForcedChoice: ToolChoice.Auto,
                Instruction: $"Give your final answer by calling {AnthropicMessagesWire.StructuredOutputTool} once.");
        }

        bool mayCall = request.Tools.Count > 0 && request.ToolChoice is not { Mode: ToolChoiceMode.None };
        return new AnthropicMessagesStructuredOutput(
            ToolSchema: schema,
            ForcedChoice: mayCall ? ToolChoice.Any : ToolChoice.Named(AnthropicMessagesWire.StructuredOutputTool));
    }

    /// <summary>The end of an answer whose structured output came as a call: for the client there was none.</summary>
    public static Finish Mend(Finish finish, bool structured, bool calls) =>
        structured && !calls && finish.Reason == FinishReason.ToolCalls
            ? new Finish(FinishReason.Stop, "end_turn")
            : finish;

    private static bool IsObject(JsonElement schema) =>
        schema.TryGetProperty("type", out JsonElement type)
        && type.ValueKind == JsonValueKind.String && type.ValueEquals("object");
}
