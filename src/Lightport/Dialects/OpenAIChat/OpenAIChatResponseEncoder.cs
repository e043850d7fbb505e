using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAIChat;

/// <summary>Writes a whole answer.</summary>
internal static class OpenAIChatResponseEncoder
{
    public static void Encode(ChatResponse response, ResponseContext context, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, OpenAIChatWire.Writing);
        writer.WriteStartObject();
        writer.WriteString("id"u8, response.Id.Length > 0 ? response.Id : OpenAIChatWire.NewId(context.RequestId));
        writer.WriteString("object"u8, OpenAIChatWire.Completion);
        writer.WriteNumber("created"u8, response.Created > 0 ? response.Created : context.Created);
        writer.WriteString("model"u8, response.Model.Length > 0 ? response.Model : context.Model);
        writer.WriteStartArray("choices"u8);
        foreach (ChatChoice choice in response.Choices)
        {
            WriteChoice(writer, choice, context);
        }

        writer.WriteEndArray();
        if (response.Usage is { } usage)
        {
            OpenAIChatUsage.Write(writer, usage);
        }

        if (response.ServiceTier is { } tier)
        {
            writer.WriteString("service_tier"u8, tier);
        }

        writer.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter writer, ChatChoice choice, ResponseContext context)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, choice.Index);
        WriteMessage(writer, OpenAIChatCustomCalls.Restore(choice.Parts, context.CustomTools), context);
        if (choice.Logprobs is { } logprobs)
        {
            writer.WritePropertyName("logprobs"u8);
            LenientText.Write(writer, logprobs);
        }
        else
        {
            writer.WriteNull("logprobs"u8);
        }

        OpenAIChatFinish.Write(writer, choice.Finish);

        writer.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter writer, IReadOnlyList<ContentPart> parts, ResponseContext context)
    {
        writer.WriteStartObject("message"u8);
        writer.WriteString("role"u8, "assistant"u8);
        TextPart[] texts = [.. parts.OfType<TextPart>()];
        WriteTextOrNull(writer, "content", texts.Length > 0 ? string.Concat(texts.Select(part => part.Text)) : null);
        RefusalPart[] refusals = [.. parts.OfType<RefusalPart>()];
        WriteTextOrNull(
            writer, "refusal", refusals.Length > 0 ? string.Concat(refusals.Select(part => part.Text)) : null);
        WriteReasoning(writer, parts, context);
        OpenAIChatMessageWriter.WriteCalls(writer, parts, extraContent: false);
        WriteAnnotations(writer, texts);
        if (parts.OfType<AudioPart>().FirstOrDefault() is { } audio)
        {
            OpenAIChatAudio.Write(writer, audio);
        }

        writer.WriteEndObject();
    }

    private static void WriteReasoning(Utf8JsonWriter writer, IReadOnlyList<ContentPart> parts, ResponseContext context)
    {
        string text = OpenAIChatReasoningWriter.TextOf(parts);
        if (text.Length > 0 && !context.OmitReasoning)
        {
            writer.WriteString(OpenAIChatWire.ReasoningContent, text);
        }

        if (OpenAIChatReasoningWriter.HasState(parts))
        {
            OpenAIChatReasoningWriter.WriteDetails(writer, parts, context.OmitReasoning);
        }
    }

    private static void WriteAnnotations(Utf8JsonWriter writer, TextPart[] texts)
    {
        Citation[] citations =
            [.. texts.SelectMany(part => part.Citations).Where(OpenAIChatCitations.CanWrite)];
        if (citations.Length > 0)
        {
            writer.WriteStartArray("annotations"u8);
            foreach (Citation citation in citations)
            {
                OpenAIChatCitations.Write(writer, citation);
            }

            writer.WriteEndArray();
        }
    }

    private static void WriteTextOrNull(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is null)
        {
            writer.WriteNull(name);
        }
        else
        {
            writer.WriteString(name, text);
        }
    }
}
