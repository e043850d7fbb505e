using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.Passthrough;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Reads the facts of a whole answer that passes through.</summary>
internal static class AnthropicMessagesBodyReader
{
    public static PassthroughBody Read(ReadOnlyMemory<byte> body, long promptTokens)
    {
        try
        {
            AnthropicMessagesHead head = AnthropicMessagesHead.Read(body.Span);
            if (head is { HasError: false, StopReason: null, Usage.IsEmpty: true })
            {
                return new PassthroughBody(body)
                {
                    Error = GatewayError.BadUpstream("The provider's answer is no message."),
                };
            }

            return new PassthroughBody(body)
            {
                Id = head.Id,
                Model = head.Model,
                ServiceTier = AnthropicMessagesUsage.ReadService(head.Usage),
                Usage = Usage(head, body, promptTokens),
                Finish = head.StopReason is { } reason ? AnthropicMessagesStopReason.Decode(reason, null).Reason : null,
                Error = head.HasError ? AnthropicMessagesErrors.Read(null, body.Span) : null,
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

    /// <summary>Told, or else estimated, for which alone the answer is read whole.</summary>
    private static TokenUsage? Usage(
        in AnthropicMessagesHead head, ReadOnlyMemory<byte> body, long promptTokens) => head switch
    {
        { HasError: true } => null,
        { Usage.IsEmpty: false } => AnthropicMessagesUsage.Read(head.Usage),
        _ => UsageEstimator.Estimate(AnthropicMessagesResponseDecoder.Decode(body), promptTokens),
    };
}
