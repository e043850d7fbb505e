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
    private static readonly AnthropicMessagesStructuredOutput None = new();

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
            return new AnthropicMessagesStructuredOutput(Instruction: AnswerByTool.JsonOnly);
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

        return OfferedToolChoice.IsForced(request) || !AnswerByTool.CanBe(schema)
            ? new AnthropicMessagesStructuredOutput(Instruction: AnswerByTool.Describe(schema))
            : ByTool(request, schema, canForce: context.Traits.ForcedTools && !thinksByBudget);
    }

    private static AnthropicMessagesStructuredOutput ByTool(ChatRequest request, JsonElement schema, bool canForce) =>
        new(
            ToolSchema: schema,
            ForcedChoice: AnswerByTool.Choice(request, canForce, AnthropicMessagesWire.StructuredOutputTool),
            Instruction: AnswerByTool.Ask(AnthropicMessagesWire.StructuredOutputTool));
}
