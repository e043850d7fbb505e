using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Writes a whole interaction.</summary>
internal static class GoogleInteractionsResponseEncoder
{
    public static void Encode(ChatResponse response, AnswerContext context, IBufferWriter<byte> output)
    {
        ChatChoice? choice = response.Choices.Count > 0 ? response.Choices[0] : null;
        if (response.Choices.Count > 1)
        {
            context.Losses.Add("choices");
        }

        Finish finish = choice?.Finish ?? new Finish(FinishReason.Stop);
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        writer.WriteStartObject();
        GoogleInteractionsHead
            .Of(response.Id, response.Model, response.Created, response.ServiceTier, context)
            .Write(writer, GoogleInteractionsStatus.Of(finish));
        writer.WriteStartArray("steps"u8);
        new GoogleInteractionsStepWriter(writer, context).Write(choice?.Parts ?? []);
        writer.WriteEndArray();
        if (choice?.Logprobs is not null)
        {
            context.Losses.Add("logprobs");
        }

        GoogleInteractionsStatus.WriteErrors(writer, finish, context.Losses);
        GoogleInteractionsUsage.Write(writer, response.Usage ?? new TokenUsage());
        writer.WriteEndObject();
    }
}
