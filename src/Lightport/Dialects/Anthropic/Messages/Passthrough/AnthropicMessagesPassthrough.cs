using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Hands Messages on as they are: the wire always tells usage, so nothing needs to be asked for or mended.
/// </summary>
public sealed class AnthropicMessagesPassthrough : IPassthrough
{
    public string Dialect => DialectIds.AnthropicMessages;

    /// <summary>A client's own version wins: the newest one refuses what older ones allow.</summary>
    public IReadOnlyDictionary<string, string> DefaultHeaders { get; } = new Dictionary<string, string>
    {
        [AnthropicMessagesWire.VersionHeader] = AnthropicMessagesWire.Version,
    };

    public bool AsksForUsage(JsonEnvelope request) => true;

    public void PatchRequest(JsonEnvelope request, PassthroughOptions options, BodyPatch patch)
    {
        // Usage is part of every answer on this wire; only what is Anthropic's own business does not go to others, and
        // what is another's in the history not to it.
        AnthropicMessagesHistory.Patch(request, patch, options.Losses);
        if (options is { Exact: false, Losses: { } losses }
            && patch.TryGetValue("system", out ReadOnlySpan<byte> system)
            && AnthropicMessagesBilling.IsIn(system))
        {
            losses.Note("x-anthropic-billing-header");
            AnthropicMessagesBilling.Cut(system, patch);
        }
    }

    public PassthroughBody ReadBody(ReadOnlyMemory<byte> body, PassthroughOptions options)
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
                Usage = Usage(head, body, options),
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
        in AnthropicMessagesHead head, ReadOnlyMemory<byte> body, PassthroughOptions options) => head switch
    {
        { HasError: true } => null,
        { Usage.IsEmpty: false } => AnthropicMessagesUsage.Read(head.Usage),
        _ => UsageEstimator.Estimate(
            AnthropicMessagesResponseDecoder.Decode(body), options.Response.EstimatedPromptTokens),
    };

    public IAnswerRelay CreateRelay(PassthroughOptions options) =>
        new AnthropicMessagesRelay(options.Response.EstimatedPromptTokens);

    public GatewayError ReadError(int status, ReadOnlySpan<byte> body) => AnthropicMessagesErrors.Read(status, body);
}
