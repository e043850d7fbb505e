using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Google.Gemini;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Writes a request (https://ai.google.dev/api/interactions-api) out of a conversation in any dialect. Google is asked
/// to keep nothing: all steps are said each time, the thoughts that it signed among them.
/// </summary>
internal static class GoogleInteractionsRequestEncoder
{
    /// <exception cref="GatewayException">The request holds what cannot be said and may not be dropped.</exception>
    public static void Encode(ChatRequest request, EncodingContext context, IBufferWriter<byte> output)
    {
        context.ToolNames = ToolNames.Of(request, GoogleGeminiWire.StructuredOutputTool, lettersFirst: true);
        GoogleInteractionsLosses.Report(request, context.Losses);
        var thoughts = new GoogleInteractionsThoughts(context);
        GoogleGeminiTurns turns =
            GoogleGeminiTurns.Build(request, DialectIds.GoogleInteractions, thoughts.Of, context);
        List<(int Index, ToolDefinition Tool)> tools = GoogleInteractionsToolWriter.Offered(request, context.Losses);
        GoogleGeminiStructuredOutput structured = GoogleGeminiStructuredOutput.Plan(request, tools.Count > 0, context);

        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        writer.WriteStartObject();
        writer.WriteString("model"u8, context.Model);
        WriteSystem(writer, turns.System, structured.Instruction, context.Losses);
        new GoogleInteractionsInputWriter(writer, IsOwn(request), context).Write(turns.Turns);
        GoogleInteractionsToolWriter.Write(writer, request, tools, structured, context);
        GoogleInteractionsConfigWriter.Write(writer, request, tools, structured, context);
        WriteRest(writer, request, structured, context.Losses);
        writer.WriteEndObject();
        context.Restoration = new AnswerRestoration
        {
            ToolNames = context.ToolNames.Originals,
            CustomTools = AnswerRestoration.CustomToolsOf(request),
            AnswerTool = structured.IsTool ? GoogleGeminiWire.StructuredOutputTool : null,
            Schema = request.Options.ResponseFormat?.Schema,
        };
    }

    public static bool IsOwn(ChatRequest request) => request.Dialect == DialectIds.GoogleInteractions;

    /// <summary>The instruction is one text.</summary>
    private static void WriteSystem(
        Utf8JsonWriter writer, List<ContentPart> system, string? instruction, LossLedger losses)
    {
        var texts = new List<string>();
        foreach (ContentPart part in system)
        {
            if (part is TextPart text)
            {
                texts.Add(text.Text);
            }
            else
            {
                losses.Reject("system");
            }
        }

        if (instruction is not null)
        {
            texts.Add(instruction);
        }

        writer.WriteOptional("system_instruction", texts.Count > 0 ? string.Join("\n\n", texts) : null);
    }

    private static void WriteRest(
        Utf8JsonWriter writer, ChatRequest request, GoogleGeminiStructuredOutput structured, LossLedger losses)
    {
        if (structured.MimeType is { } type)
        {
            writer.WriteStartObject("response_format"u8);
            writer.WriteString("type"u8, "text"u8);
            writer.WriteString("mime_type"u8, type);
            if (structured.Schema is { } schema)
            {
                writer.WritePropertyName("schema"u8);
                GoogleGeminiStructuredOutput.Subset.Write(writer, schema);
            }

            writer.WriteEndObject();
        }

        writer.WriteOptional("response_modalities", request.Options.Modalities);
        writer.WriteOptional("service_tier", GoogleGeminiTier.Of(request.Options.ServiceTier, losses));
        GoogleInteractionsOwnFields.WriteTop(writer, request);
        writer.WriteBoolean("store"u8, false);
        if (request.Stream)
        {
            writer.WriteBoolean("stream"u8, true);
        }
    }
}
