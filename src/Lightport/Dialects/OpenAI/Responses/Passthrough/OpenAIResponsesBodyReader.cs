using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.Passthrough;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Reads the facts of a whole answer that passes through.</summary>
internal static class OpenAIResponsesBodyReader
{
    /// <param name="kept">Takes the ids by which the provider keeps it; null where it shall not.</param>
    public static PassthroughBody Read(
        ReadOnlyMemory<byte> body, long promptTokens, OpenAIResponsesKeptIds? kept = null)
    {
        try
        {
            OpenAIResponsesHead head = OpenAIResponsesHead.Read(body.Span);
            if (Failure(head, body) is { } failure)
            {
                return new PassthroughBody(body) { Error = failure };
            }

            var facts = new OpenAIResponsesOutputFacts();
            head.SeeOutput(facts);
            kept?.See(head);
            return new PassthroughBody(body)
            {
                Id = head.Id,
                Model = head.Model,
                ServiceTier = head.ServiceTier,
                Usage = head.UsageWith(facts)
                    ?? UsageEstimator.Estimate(OpenAIResponsesResponseDecoder.Decode(body), promptTokens),
                Finish = OpenAIResponsesFinish.Of(head.Status, head.IncompleteReason, facts.HasCalls).Reason,
            };
        }
        catch (Exception malformed) when (ProviderJson.IsMalformed(malformed))
        {
            return new PassthroughBody(body)
            {
                Error = GatewayError.BadUpstream("The provider's answer is not valid JSON."),
            };
        }
    }

    private static GatewayError? Failure(in OpenAIResponsesHead head, ReadOnlyMemory<byte> body)
    {
        if (head.HasError || head.Status is "failed" or "cancelled")
        {
            return OpenAIResponsesFailure.Of(ProviderJson.Parse(body.Span), ErrorStage.Decode);
        }

        return head.Output.IsEmpty ? GatewayError.BadUpstream("The provider's answer has no output.") : null;
    }
}
