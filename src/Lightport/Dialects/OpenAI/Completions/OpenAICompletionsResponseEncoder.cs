using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI.Completions;

/// <summary>Writes an answer as completions: its text and nothing beside.</summary>
internal static class OpenAICompletionsResponseEncoder
{
    public static void Encode(ChatResponse response, AnswerContext context, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        writer.WriteStartObject();
        WriteIdentity(writer, response.Id, response.Created, response.Model, context);
        writer.WriteStartArray("choices"u8);
        foreach (ChatChoice choice in response.Choices)
        {
            foreach (ContentPart unsaid in choice.Parts)
            {
                context.Losses.Add(unsaid);
            }

            writer.WriteStartObject();
            writer.WriteString("text"u8, string.Concat(choice.Parts.Select(Text)));
            writer.WriteNumber("index"u8, choice.Index);
            writer.WriteNull("logprobs"u8);
            bool refused = choice.Parts.Any(part => part is RefusalPart);
            writer.WriteString("finish_reason"u8, Word(choice.Finish, refused));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (response.Usage is { } usage)
        {
            OpenAIChatUsage.Write(writer, usage);
        }

        writer.WriteEndObject();
    }

    /// <summary>Why the text ends; a refusal is text here, and nothing but this tells it from an answer.</summary>
    internal static string Word(Finish finish, bool refused) => OpenAIChatFinish.Word(
        refused && finish.Reason == FinishReason.Stop ? FinishReason.ContentFilter : finish.Reason);

    private static string Text(ContentPart part) => part switch
    {
        TextPart text => text.Text,
        RefusalPart refusal => refusal.Text,
        _ => "",
    };

    internal static void WriteIdentity(
        Utf8JsonWriter writer, string id, long created, string model, AnswerContext context)
    {
        writer.WriteString("id"u8, id.Length > 0 ? id : OpenAIChatAnswerShape.Completions.IdPrefix + context.RequestId);
        writer.WriteString("object"u8, OpenAIChatAnswerShape.Completions.Whole);
        writer.WriteNumber("created"u8, created > 0 ? created : context.Created);
        writer.WriteString("model"u8, model.Length > 0 ? model : context.Model);
    }
}
