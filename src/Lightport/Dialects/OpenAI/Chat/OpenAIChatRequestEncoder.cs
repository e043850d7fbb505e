using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Writes a chat request out of a conversation in any dialect.</summary>
internal static class OpenAIChatRequestEncoder
{
    public static void Encode(ChatRequest request, EncodingContext context, IBufferWriter<byte> output)
    {
        context.ToolNames = ToolNames.Of(request);
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        writer.WriteStartObject();
        writer.WriteString("model"u8, context.Model);
        writer.WriteStartArray("messages"u8);
        var messages = new OpenAIChatMessageWriter(writer, request, context);
        IReadOnlyList<Message> turns =
            ForeignAsides.LeaveOut(request.Messages, DialectIds.OpenAIChat, context.Losses);
        if (context.Exact)
        {
            UnansweredCalls.Check(turns, request.Dialect, context.Losses);
        }

        foreach (Message message in OpenAIChatTurnOrder.Arrange(turns, context.Traits.SystemTurns))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            messages.Write(message);
        }

        messages.WritePendingMedia();
        writer.WriteEndArray();
        OpenAIChatToolsWriter.Write(writer, request, context);
        OpenAIChatOptionsWriter.Write(writer, request, context);
        if (request.Stream)
        {
            // Usage is always read, whether or not the client wants to see it.
            writer.WriteBoolean("stream"u8, true);
            if (context.Traits.StreamUsage)
            {
                writer.WriteStartObject("stream_options"u8);
                writer.WriteBoolean("include_usage"u8, true);
                writer.WriteEndObject();
            }
        }

        foreach (Extension extension in request.Extensions)
        {
            if (IsOwn(extension, request.Dialect))
            {
                WriteExtension(writer, extension);
            }
            else
            {
                context.Losses.Lose(extension);
            }
        }

        writer.WriteEndObject();
        context.Restoration = new AnswerRestoration
        {
            ToolNames = context.ToolNames.Originals,
            CustomTools = AnswerRestoration.CustomToolsOf(request),
        };
    }

    /// <summary>
    /// A field without a word in the model goes to its own dialect only. One with a dotted name is a piece of a field
    /// that was written already.
    /// </summary>
    internal static bool IsOwn(Extension extension, string clientDialect) =>
        clientDialect == DialectIds.OpenAIChat && !extension.Name.Contains('.', StringComparison.Ordinal);

    internal static void WriteExtension(Utf8JsonWriter writer, Extension extension)
    {
        writer.WritePropertyName(extension.Name);
        writer.WriteMended(extension.Value);
    }
}
