using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>
/// How a demand for JSON is carried: as <c>outputConfig.textFormat</c> where model and API can hold an answer to the
/// schema (https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html), else as a reserved tool, else
/// by an instruction.
/// </summary>
/// <param name="Format">For <c>outputConfig</c>; null where that is not the way.</param>
/// <param name="ToolSchema">The reserved tool's schema; null where that is not the way.</param>
/// <param name="ForcedChoice">The tool choice that the way asks for; null leaves the client's.</param>
/// <param name="Instruction">What the system prompt says besides.</param>
internal sealed record AwsConverseAnswerSchema(
    ResponseFormat? Format = null,
    JsonElement? ToolSchema = null,
    ToolChoice? ForcedChoice = null,
    string? Instruction = null)
{
    private static readonly AwsConverseAnswerSchema None = new();

    /// <param name="thinksByBudget">Beside a thinking budget a tool that must be called is refused.</param>
    public static AwsConverseAnswerSchema Plan(
        ChatRequest request, AwsConverseFamily family, EncodingContext context, bool thinksByBudget)
    {
        ResponseFormat? format = request.Options.ResponseFormat;
        if (format is null or { Kind: ResponseFormatKind.Text })
        {
            return None;
        }

        if (format is not { Kind: ResponseFormatKind.JsonSchema, Schema: { } schema })
        {
            return new AwsConverseAnswerSchema(Instruction: AnswerByTool.JsonOnly);
        }

        if (context.Traits.StructuredOutput && family.Schemas && JsonSchemaFit.Of(schema) is not null)
        {
            return new AwsConverseAnswerSchema(Format: format);
        }

        if (format.Strict == true)
        {
            // From here on the model is asked to keep to the schema, and nobody holds it to that.
            context.Losses.Note("response_format.json_schema.strict");
        }

        bool canForce = context.Traits.ForcedTools && family.ForcesTools && !thinksByBudget;
        return OfferedToolChoice.IsForced(request) || !AnswerByTool.CanBe(schema)
            ? new AwsConverseAnswerSchema(Instruction: AnswerByTool.Describe(schema))
            : new AwsConverseAnswerSchema(
                ToolSchema: schema,
                ForcedChoice: AnswerByTool.Choice(request, canForce, AwsConverseWire.StructuredOutputTool),
                Instruction: AnswerByTool.Ask(AwsConverseWire.StructuredOutputTool));
    }

    public void Write(Utf8JsonWriter writer)
    {
        if (Format is not { Schema: { } schema })
        {
            return;
        }

        writer.WriteStartObject("outputConfig"u8);
        writer.WriteStartObject("textFormat"u8);
        writer.WriteString("type"u8, "json_schema"u8);
        writer.WriteStartObject("structure"u8);
        writer.WriteStartObject("jsonSchema"u8);
        writer.WriteString("schema"u8, Text(schema));
        writer.WriteOptional("name", Format.Name);
        writer.WriteOptional("description", Format.Description);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>The wire has a schema as text, within what grammars can say.</summary>
    private static byte[] Text(JsonElement schema)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, JsonSettings.Writing))
        {
            JsonSchemaSubset.OfGrammars.Write(writer, schema);
        }

        return text.WrittenSpan.ToArray();
    }
}
