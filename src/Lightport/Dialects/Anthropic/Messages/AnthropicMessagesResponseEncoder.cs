using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Writes a whole answer for a client that speaks Messages.</summary>
internal static class AnthropicMessagesResponseEncoder
{
    public static void Encode(ChatResponse response, AnswerContext context, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        ChatChoice? choice = response.Choices.Count > 0 ? response.Choices[0] : null;
        Finish finish = choice?.Finish ?? new Finish(FinishReason.Stop);
        IReadOnlyList<ContentPart> parts = choice?.Parts ?? [];
        if (response.Choices.Count > 1)
        {
            context.Losses.Add("choices");
        }

        writer.WriteStartObject();
        WriteHead(writer, response.Id, response.Model, context);
        writer.WriteStartArray("content"u8);
        var runs = new AnthropicMessagesMcpBlocks(context);
        for (int i = 0; i < parts.Count; i++)
        {
            WriteBlock(writer, parts[i], i, runs, context);
        }

        writer.WriteEndArray();
        WriteFinish(writer, finish, refused: parts.Any(part => part is RefusalPart));
        AnthropicMessagesUsage.Write(writer, response.Usage ?? new TokenUsage(), response.ServiceTier);
        writer.WriteEndObject();
    }

    /// <summary>The fields that a message begins with, whole or streamed.</summary>
    public static void WriteHead(Utf8JsonWriter writer, string id, string model, AnswerContext context)
    {
        // Clients tell a message by its id's prefix, and give the id back to continue a thread.
        string seed = id.Length > 0 ? id : context.RequestId;
        writer.WriteString("id"u8, seed.StartsWith("msg_", StringComparison.Ordinal) ? seed : "msg_" + seed);
        writer.WriteString("type"u8, "message"u8);
        writer.WriteString("role"u8, "assistant"u8);
        writer.WriteString("model"u8, model.Length > 0 ? model : context.Model);
    }

    public static void WriteFinish(Utf8JsonWriter writer, Finish finish, bool refused)
    {
        writer.WriteString("stop_reason"u8, AnthropicMessagesStopReason.Encode(finish, refused));
        writer.WriteString("stop_sequence"u8, finish.StopSequence);
        writer.WritePropertyName("stop_details"u8);
        if (finish.Details is { } details)
        {
            writer.WriteOnOneLine(details);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    /// <summary>The call's id; one of its own where the provider gave none, since a result must name it.</summary>
    public static string CallId(string id, int index, AnswerContext context) => id.Length > 0
        ? AnthropicMessagesToldCallId.Encode(id)
        : string.Create(CultureInfo.InvariantCulture, $"toolu_{context.RequestId}_{index}");

    private static void WriteBlock(
        Utf8JsonWriter writer, ContentPart part, int index, AnthropicMessagesMcpBlocks runs, AnswerContext context)
    {
        switch (part)
        {
            case TextPart text:
                WriteText(writer, text, context);
                break;
            case RefusalPart refusal:
                WriteText(writer, new TextPart(refusal.Text), context);
                break;
            case AudioPart audio:
                context.Losses.Add(audio);
                if (audio.Transcript is { } transcript)
                {
                    WriteText(writer, new TextPart(transcript), context);
                }

                break;
            case ReasoningPart reasoning:
                AnthropicMessagesReasoning.Write(writer, reasoning, context.OmitReasoning);
                break;
            case ToolCallPart call:
                if (AnthropicMessagesCallStates.BlockBefore(call) is { } state)
                {
                    AnthropicMessagesReasoning.Write(writer, state);
                }

                writer.WriteStartObject();
                writer.WriteString("type"u8, "tool_use"u8);
                writer.WriteString("id"u8, CallId(call.CallId, index, context));
                writer.WriteString("name"u8, call.Name);
                CallArguments.Write(writer, "input"u8, call);
                writer.WriteEndObject();
                break;
            case McpCallPart run:
                if (run.Made is { } made && AnthropicMessagesCallStates.BlockBefore(made) is { } ofRun)
                {
                    AnthropicMessagesReasoning.Write(writer, ofRun);
                }

                runs.WriteCall(writer, run, run.Arguments);
                break;
            case McpResultPart result:
                runs.WriteResult(writer, result);
                break;
            case OpaquePart { Dialect: DialectIds.AnthropicMessages } opaque:
                AnthropicMessagesOpaqueBlock.Write(writer, opaque);
                break;
            default:
                context.Losses.Add(part);
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter writer, TextPart text, AnswerContext context)
    {
        if (!text.Citations.All(AnthropicMessagesCitations.CanWrite))
        {
            context.Losses.Add("citations");
        }

        writer.WriteStartObject();
        writer.WriteString("type"u8, "text"u8);
        writer.WriteString("text"u8, text.Text);
        Citation[] writable = [.. text.Citations.SelectMany(AnthropicMessagesCitations.Writable)];
        if (writable.Length > 0)
        {
            writer.WriteStartArray("citations"u8);
            foreach (Citation citation in writable)
            {
                AnthropicMessagesCitations.Write(writer, citation);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
