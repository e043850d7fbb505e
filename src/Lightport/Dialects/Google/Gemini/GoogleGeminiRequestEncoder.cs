using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>Writes a request for a provider that speaks generateContent, whatever dialect it came in.</summary>
internal static class GoogleGeminiRequestEncoder
{
    /// <param name="account">The provider's name in the configuration; null where nobody needs to know.</param>
    /// <exception cref="GatewayException">The request holds what cannot be said and may not be dropped.</exception>
    public static void Encode(
        ChatRequest request, string? account, EncodingContext context, IBufferWriter<byte> output)
    {
        context.ToolNames = ToolNames.Of(request, GoogleGeminiWire.StructuredOutputTool, lettersFirst: true);
        GoogleGeminiLosses.Report(request, DialectIds.GoogleGemini, context.Losses);
        var signatures = new GoogleGeminiSignatures(account, context);
        GoogleGeminiTurns turns =
            GoogleGeminiTurns.Build(request, DialectIds.GoogleGemini, signatures.Of, context);
        List<(int Index, ToolDefinition Tool)> tools = GoogleGeminiToolWriter.Offered(
            request,
            OfferedTools.Of(request, DialectIds.GoogleGemini, context.Losses),
            DialectIds.GoogleGemini,
            context.Losses);
        GoogleGeminiStructuredOutput structured = GoogleGeminiStructuredOutput.Plan(request, tools.Count > 0, context);

        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        writer.WriteStartObject();
        var parts = new GoogleGeminiRequestPartWriter(writer, request, context);
        WriteSystem(writer, turns, structured.Instruction, parts);
        WriteContents(writer, turns, parts, context.CancellationToken);
        GoogleGeminiToolWriter.Write(writer, request, tools, structured, context);
        GoogleGeminiGenerationConfig.Write(writer, request, structured, context);
        writer.WriteOptional("serviceTier", GoogleGeminiTier.Of(request.Options.ServiceTier, context.Losses));
        GoogleGeminiExtensions.WriteTop(writer, request);
        writer.WriteEndObject();
        context.Restoration = new AnswerRestoration
        {
            ToolNames = context.ToolNames.Originals,
            CustomTools = AnswerRestoration.CustomToolsOf(request),
            AnswerTool = structured.IsTool ? GoogleGeminiWire.StructuredOutputTool : null,
            Schema = request.Options.ResponseFormat?.Schema,
        };
    }

    public static bool IsOwn(ChatRequest request) => request.Dialect == DialectIds.GoogleGemini;

    private static void WriteSystem(
        Utf8JsonWriter writer, GoogleGeminiTurns turns, string? instruction, GoogleGeminiRequestPartWriter parts)
    {
        if (turns.System.Count == 0 && instruction is null)
        {
            return;
        }

        writer.WriteStartObject("systemInstruction"u8);
        writer.WriteStartArray("parts"u8);
        foreach (ContentPart part in turns.System)
        {
            parts.Write(part);
        }

        if (instruction is not null)
        {
            parts.Write(new TextPart(instruction));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteContents(
        Utf8JsonWriter writer,
        GoogleGeminiTurns turns,
        GoogleGeminiRequestPartWriter parts,
        CancellationToken cancellationToken)
    {
        writer.WriteStartArray("contents"u8);
        foreach (GoogleGeminiTurn turn in turns.Turns)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.WriteStartObject();
            writer.WriteString("role"u8, turn.IsModel ? "model"u8 : "user"u8);
            writer.WriteStartArray("parts"u8);
            foreach ((ContentPart part, string? signature) in turn.Parts)
            {
                parts.Write(part, signature);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
