using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Writes a whole answer.</summary>
internal static class OpenAIChatResponseEncoder
{
    public static void Encode(ChatResponse response, AnswerContext context, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        writer.WriteStartObject();
        writer.WriteString("id"u8, response.Id.Length > 0 ? response.Id : OpenAIChatWire.NewId(context.RequestId));
        writer.WriteString("object"u8, OpenAIChatWire.Completion);
        writer.WriteNumber("created"u8, response.Created > 0 ? response.Created : context.Created);
        writer.WriteString("model"u8, response.Model.Length > 0 ? response.Model : context.Model);
        writer.WriteStartArray("choices"u8);
        for (int i = 0; i < response.Choices.Count; i++)
        {
            WriteChoice(writer, response.Choices[i], context);
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

        RunField.Write(writer, response.Runs);
        writer.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter writer, ChatChoice choice, AnswerContext context)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, choice.Index);
        WriteMessage(writer, choice.Parts, context);
        if (choice.Logprobs is { } logprobs)
        {
            writer.WritePropertyName("logprobs"u8);
            OpenAIChatLogprobs.Write(writer, logprobs);
        }
        else
        {
            writer.WriteNull("logprobs"u8);
        }

        OpenAIChatFinish.Write(writer, choice.Finish, context.FunctionCall);
        writer.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter writer, IReadOnlyList<ContentPart> parts, AnswerContext context)
    {
        writer.WriteStartObject("message"u8);
        writer.WriteString("role"u8, "assistant"u8);
        WriteTextOrNull(writer, "content"u8, parts.Joined(static part => (part as TextPart)?.Text));
        WriteTextOrNull(writer, "refusal"u8, parts.Joined(static part => (part as RefusalPart)?.Text));
        WriteReasoning(writer, parts, context);
        WriteCalls(writer, parts, context);
        WriteAnnotations(writer, parts, context);
        if (parts.First<AudioPart>() is { } audio)
        {
            OpenAIChatAudio.Write(writer, audio);
        }

        OpenAIChatExtras.Write(writer, parts);
        for (int i = 0; i < parts.Count; i++)
        {
            if (parts[i] is OpaquePart unsaid && !OpenAIChatExtras.CanWrite(unsaid))
            {
                context.Losses.Add(unsaid);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteReasoning(Utf8JsonWriter writer, IReadOnlyList<ContentPart> parts, AnswerContext context)
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

    private static void WriteCalls(Utf8JsonWriter writer, IReadOnlyList<ContentPart> parts, AnswerContext context)
    {
        if (!context.FunctionCall)
        {
            OpenAIChatMessageWriter.WriteCalls(writer, parts, ToolNames.Unchanged);
            return;
        }

        ToolCallPart[] calls = [.. parts.OfType<ToolCallPart>()];
        if (calls is [var call, ..])
        {
            writer.WriteStartObject("function_call"u8);
            writer.WriteString("name"u8, call.Name);
            writer.WriteString("arguments"u8, call.Arguments);
            writer.WriteEndObject();
        }

        if (calls is [_, var unsaid, ..])
        {
            context.Losses.Add(unsaid);
        }
    }

    private static void WriteAnnotations(
        Utf8JsonWriter writer, IReadOnlyList<ContentPart> parts, AnswerContext context)
    {
        if (!parts.Has(static part => part is TextPart { Citations.Count: > 0 }))
        {
            return;
        }

        TextPart[] texts = [.. parts.OfType<TextPart>()];
        if (texts.Any(text => text.Citations.Any(citation => !OpenAIChatCitations.CanWrite(citation))))
        {
            context.Losses.Add("citations");
        }

        if (!texts.Any(text => text.Citations.Any(OpenAIChatCitations.CanWriteSome)))
        {
            return;
        }

        int start = 0;
        writer.WriteStartArray("annotations"u8);
        foreach (TextPart text in texts)
        {
            foreach (Citation citation in text.Citations.Where(OpenAIChatCitations.CanWriteSome))
            {
                OpenAIChatCitations.Write(writer, citation, start, start + text.Text.Length);
            }

            start += text.Text.Length;
        }

        writer.WriteEndArray();
    }

    private static void WriteTextOrNull(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
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
