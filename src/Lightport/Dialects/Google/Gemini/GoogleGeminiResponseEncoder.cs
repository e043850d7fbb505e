using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>Writes a whole answer (https://ai.google.dev/api/generate-content#generatecontentresponse).</summary>
internal static class GoogleGeminiResponseEncoder
{
    public static void Encode(ChatResponse response, AnswerContext context, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        writer.WriteStartObject();
        writer.WriteStartArray("candidates"u8);
        foreach (ChatChoice choice in response.Choices)
        {
            WriteCandidate(writer, choice, context);
        }

        writer.WriteEndArray();
        WriteBlock(writer, response.Choices is [{ Parts.Count: 0 } blocked, ..] ? blocked.Finish : null);
        GoogleGeminiUsageWriter.Write(writer, response.Usage ?? new TokenUsage(), response.ServiceTier);
        WriteIdentity(writer, response.Model, response.Id, context);
        RunField.Write(writer, response.Runs);
        writer.WriteEndObject();
    }

    /// <summary>What every chunk says of the answer that it is of.</summary>
    public static void WriteIdentity(Utf8JsonWriter writer, string model, string id, AnswerContext context)
    {
        writer.WriteString("modelVersion"u8, model.Length > 0 ? model : context.Model);
        writer.WriteString("responseId"u8, id.Length > 0 ? id : context.RequestId);
    }

    /// <summary>Says why there is nothing of an answer, where it was held back.</summary>
    public static void WriteBlock(Utf8JsonWriter writer, Finish? finish)
    {
        if (finish is not null && GoogleGeminiFinishWriter.BlockReason(finish) is { } reason)
        {
            writer.WriteStartObject("promptFeedback"u8);
            writer.WriteString("blockReason"u8, reason);
            writer.WriteEndObject();
        }
    }

    private static void WriteCandidate(Utf8JsonWriter writer, ChatChoice choice, AnswerContext context)
    {
        var parts = new GoogleGeminiPartWriter(context);
        var grounding = new GoogleGeminiGroundingWriter(context.Losses);
        writer.WriteStartObject();
        writer.WriteStartObject("content"u8);
        writer.WriteStartArray("parts"u8);
        for (int i = 0; i < choice.Parts.Count; i++)
        {
            WritePart(writer, choice.Parts, ref i, parts, grounding, context);
        }

        if (parts.HoldsState || !parts.HasWritten)
        {
            // Many clients take the first part's text without looking whether there is one.
            parts.WriteText(writer, "", state: null);
        }

        writer.WriteEndArray();
        writer.WriteString("role"u8, "model"u8);
        writer.WriteEndObject();
        bool refused = choice.Parts.Any(part => part is RefusalPart);
        GoogleGeminiFinishWriter.Write(writer, choice.Finish, refused, context.Losses);
        writer.WriteNumber("index"u8, choice.Index);
        grounding.Write(writer);
        if (choice.Logprobs is { } logprobs)
        {
            GoogleGeminiLogprobsWriter.Write(writer, logprobs);
        }

        writer.WriteEndObject();
    }

    private static void WritePart(
        Utf8JsonWriter writer,
        IReadOnlyList<ContentPart> all,
        ref int index,
        GoogleGeminiPartWriter parts,
        GoogleGeminiGroundingWriter grounding,
        AnswerContext context)
    {
        switch (all[index])
        {
            case TextPart:
                WriteTexts(writer, all, ref index, parts, grounding);
                break;
            case RefusalPart refusal:
                grounding.Tell(refusal.Text);
                grounding.EndPart();
                parts.WriteText(writer, refusal.Text, refusal.State);
                break;
            case ReasoningPart thought:
                parts.WriteThought(writer, thought.Text, thought.State);
                break;
            case ToolCallPart call:
                parts.WriteCall(writer, call);
                break;
            case ImagePart image:
                parts.WriteMedia(writer, image.Source, "image/png", image.State);
                break;
            case AudioPart audio:
                parts.WriteAudio(writer, audio, grounding);
                break;
            case OpaquePart { Dialect: DialectIds.GoogleGemini } own:
                parts.WriteWhole(writer, own);
                break;
            case var other:
                context.Losses.Add(other);
                break;
        }
    }

    /// <summary>Texts in a row are one part, as they are of a stream: its spans are counted in it.</summary>
    private static void WriteTexts(
        Utf8JsonWriter writer,
        IReadOnlyList<ContentPart> all,
        ref int index,
        GoogleGeminiPartWriter parts,
        GoogleGeminiGroundingWriter grounding)
    {
        var texts = new List<string>();
        var text = (TextPart)all[index];
        while (true)
        {
            texts.Add(text.Text);
            grounding.Tell(text.Text);
            foreach (Citation citation in text.Citations)
            {
                grounding.Cite(citation);
            }

            grounding.EndPart();
            if (text.State is not null || index + 1 == all.Count || all[index + 1] is not TextPart next)
            {
                break;
            }

            text = next;
            index++;
        }

        parts.WriteText(writer, string.Concat(texts), text.State);
    }
}
