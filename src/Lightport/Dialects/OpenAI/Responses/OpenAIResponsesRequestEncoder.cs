using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Writes a request out of a conversation in any dialect. The provider is asked to keep nothing: the whole history is
/// said each time, and earlier reasoning goes back encrypted
/// (https://platform.openai.com/docs/guides/reasoning#encrypted-reasoning-items).
/// </summary>
internal static class OpenAIResponsesRequestEncoder
{
    public static void Encode(ChatRequest request, EncodingContext context, IBufferWriter<byte> output)
    {
        context.ToolNames = ToolNames.Of(request);
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        writer.WriteStartObject();
        writer.WriteString("model"u8, context.Model);
        writer.WriteStartArray("input"u8);
        var items = new OpenAIResponsesItemWriter(writer, request, context);
        IReadOnlyList<Message> turns =
            ForeignAsides.LeaveOut(request.Messages, DialectIds.OpenAIResponses, context.Losses);
        if (context.Exact)
        {
            UnansweredCalls.Check(turns, request.Dialect, context.Losses);
        }

        foreach (Message message in OpenAIChatTurnOrder.Arrange(turns, context.Traits.SystemTurns))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            items.Write(message);
        }

        writer.WriteEndArray();
        OpenAIResponsesToolsWriter.Write(writer, request, context);
        OpenAIResponsesOptionsWriter.Write(writer, request, context);
        OpenAIResponsesOtherFields.Write(writer, request, context);
        writer.WriteBoolean("store"u8, false);
        if (request.Stream)
        {
            writer.WriteBoolean("stream"u8, true);
        }

        writer.WriteEndObject();
        context.Restoration = new AnswerRestoration
        {
            ToolNames = context.ToolNames.Originals,
            CustomTools = AnswerRestoration.CustomToolsOf(request),
        };
    }
}
