using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>Writes a request for Bedrock, whatever dialect it came in. Model and streaming are in its path.</summary>
internal static class AwsConverseRequestEncoder
{
    private const string ResponseFieldPaths = "additionalModelResponseFieldPaths";

    /// <summary>Fields of Converse that other dialects' clients may send as they are.</summary>
    private static readonly string[] OwnFields =
        ["guardrailConfig", "performanceConfig", ResponseFieldPaths, "promptVariables"];

    /// <exception cref="GatewayException">The request holds what cannot be said and may not be dropped.</exception>
    public static void Encode(ChatRequest request, EncodingContext context, IBufferWriter<byte> output)
    {
        context.ToolNames = ToolNames.Of(request, AwsConverseWire.StructuredOutputTool);
        var family = AwsConverseFamily.Of(context.Model);
        if (family.Caches)
        {
            request = CacheMarkLimit.Within(request, AwsConverseWire.MostCachePoints, context.Losses);
        }

        AwsConverseLosses.Report(request, context.Losses, OwnFields);
        AwsConverseTurns turns = AwsConverseTurns.Build(request, family, context);
        AwsConverseThinking thinking = AwsConverseThinking.Plan(request, family, turns, context);
        AwsConverseAnswerSchema schema = AwsConverseAnswerSchema.Plan(request, family, context, thinking.HasBudget);
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        writer.WriteStartObject();
        var blocks = new AwsConverseBlockWriter(writer, context.ToolNames, family);
        WriteSystem(writer, turns, schema.Instruction, blocks);
        WriteMessages(writer, turns, blocks, context.CancellationToken);
        AwsConverseToolWriter.Write(writer, request, schema, family, context);
        AwsConverseInference.Write(writer, request, family, thinking, context);
        schema.Write(writer);
        AwsConverseOptions.Write(writer, request, context.Losses);
        WriteStopField(writer, request, family);
        foreach (Extension extension in request.Extensions)
        {
            if (OwnFields.Contains(extension.Name))
            {
                writer.WritePropertyName(extension.Name);
                writer.WriteOnOneLine(extension.Value);
            }
        }

        writer.WriteEndObject();
        context.Restoration = new AnswerRestoration
        {
            ToolNames = context.ToolNames.Originals,
            CustomTools = AnswerRestoration.CustomToolsOf(request),
            AnswerTool = schema.ToolSchema is null ? null : AwsConverseWire.StructuredOutputTool,
            Schema = request.Options.ResponseFormat?.Schema,
        };
    }

    /// <summary>
    /// Asks Claude which stop sequence it met; a model that has no such field is not disturbed by it.
    /// </summary>
    private static void WriteStopField(Utf8JsonWriter writer, ChatRequest request, AwsConverseFamily family)
    {
        if (family.Signs && request.Options.Stop.Count > 0
            && !request.Extensions.Any(field => field.Name == ResponseFieldPaths))
        {
            writer.WriteStartArray(ResponseFieldPaths);
            writer.WriteStringValue(AwsConverseStopReason.SequencePath);
            writer.WriteEndArray();
        }
    }

    private static void WriteSystem(
        Utf8JsonWriter writer, AwsConverseTurns turns, string? instruction, AwsConverseBlockWriter blocks)
    {
        if (turns.System.Count == 0 && instruction is null)
        {
            return;
        }

        writer.WriteStartArray("system"u8);
        foreach (ContentPart part in turns.System)
        {
            blocks.Write(part);
        }

        if (instruction is not null)
        {
            // Last, so that what the client marked for caching before it stays the same prefix.
            blocks.Write(new TextPart(instruction));
        }

        writer.WriteEndArray();
    }

    private static void WriteMessages(
        Utf8JsonWriter writer,
        AwsConverseTurns turns,
        AwsConverseBlockWriter blocks,
        CancellationToken cancellationToken)
    {
        writer.WriteStartArray("messages"u8);
        foreach (AwsConverseTurn turn in turns.Turns)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.WriteStartObject();
            writer.WriteString("role"u8, turn.Role);
            writer.WriteStartArray("content"u8);
            foreach (ContentPart part in turn.Blocks)
            {
                blocks.Write(part);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
