using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Writes a whole answer: the very items that its stream would have told.</summary>
internal static class OpenAIResponsesResponseEncoder
{
    /// <returns>The answer as it is to be kept; null where it is not.</returns>
    public static KeptAnswer? Encode(
        ChatResponse response,
        AnswerContext context,
        OpenAIResponsesSnapshot snapshot,
        OpenAIResponsesAnswerTools tools,
        IBufferWriter<byte> output)
    {
        var answer = new OpenAIResponsesAnswer(context, tools);
        var finish = new Finish(FinishReason.Stop);
        foreach (StreamEvent told in ResponseReplay.Events(response))
        {
            switch (told)
            {
                case { Choice: not 0 }:
                    context.Losses.Add("choices");
                    break;
                case StreamEvent.ResponseStart start:
                    snapshot.Start = start;
                    break;
                case StreamEvent.UsageKnown known:
                    snapshot.Usage = known.Usage;
                    break;
                case StreamEvent.ResponseEnd end:
                    finish = end.Finish;
                    break;
                case StreamEvent.LogprobsDelta logprobs:
                    answer.Tell(logprobs.Logprobs);
                    break;
                case StreamEvent.PartEvent piece:
                    answer.Tell(piece, events: null);
                    break;
            }
        }

        answer.End(isCut: OpenAIResponsesSnapshot.IncompleteReason(finish) is not null, events: null);
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        snapshot.WriteEnded(writer, answer.Items, finish);
        return snapshot.Keep(answer.Items, finish);
    }
}
