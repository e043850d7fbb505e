using System.Runtime.InteropServices;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Reads a whole answer.</summary>
internal static class OpenAIResponsesResponseDecoder
{
    /// <param name="losses">Told of what a client of another dialect cannot be; null for one of this.</param>
    public static ChatResponse Decode(ReadOnlyMemory<byte> body, AnswerLosses? losses = null)
    {
        try
        {
            ReadOnlySpan<byte> response = ProviderJson.AnswerText(body.Span);
            return Decode(OpenAIResponsesHead.Read(response), response, losses);
        }
        catch (Exception malformed) when (ProviderJson.IsMalformed(malformed))
        {
            throw ProviderJson.NotJson(malformed);
        }
    }

    private static ChatResponse Decode(
        in OpenAIResponsesHead head, ReadOnlySpan<byte> response, AnswerLosses? losses)
    {
        if (head.MayHaveFailed
            && OpenAIResponsesFailure.Of(JsonElement.Parse(response), ErrorStage.Decode) is { } failure)
        {
            throw new GatewayException(failure);
        }

        if (head.Output.IsEmpty)
        {
            throw GatewayException.BadUpstream("The provider's answer has no output.");
        }

        var parts = new List<ContentPart>();
        var logprobs = new List<ChoiceLogprobs>();
        var facts = new OpenAIResponsesOutputFacts(losses);
        var said = new OpenAIResponsesSaidText();
        foreach (JsonElement item in JsonElement.Parse(head.Output).EnumerateArray())
        {
            facts.See(item);
            OpenAIResponsesItemReader.Read(item, said, parts);
            OpenAIResponsesItemReader.ReadLogprobs(item, logprobs);
        }

        return new ChatResponse
        {
            Id = head.Id ?? "",
            Model = head.Model ?? "",
            Created = head.Created,
            Choices =
            [
                new ChatChoice(
                    0, parts, OpenAIResponsesFinish.Of(head.Status, head.IncompleteReason, facts.HasCalls))
                {
                    Logprobs = ChoiceLogprobs.Join(logprobs),
                },
            ],
            Usage = head.UsageWith(facts),
            ServiceTier = OpenAIResponsesFinish.TierOf(head.ServiceTier),
        };
    }
}
