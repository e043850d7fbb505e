using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Hands Messages on as they are: the wire always tells usage, so nothing needs to be asked for or mended.
/// </summary>
internal sealed class AnthropicMessagesPassed : IPassed
{
    /// <summary>A client's own version wins: the newest one refuses what older ones allow.</summary>
    public static readonly KeyValuePair<string, string>[] DefaultHeaders =
        [new(AnthropicMessagesWire.VersionHeader, AnthropicMessagesWire.Version)];

    public Call Write(ClientRequest request, CallContext context)
    {
        var patch = new BodyPatch(request.Json);
        Patch(request.Json, context, patch);
        return new AnthropicMessagesCall(PassedBody.Of(patch, context))
        {
            Headers = DefaultHeaders,
            Passes = true,
            KeptField = AnthropicMessagesThread.IsIn(request.Json) ? AnthropicMessagesThread.Field
                : AnthropicMessagesDiagnostics.Compared.HasOwner(request.Json)
                    ? AnthropicMessagesDiagnostics.Compared.Path
                : null,
            Reading = AnswerReading.AsItIs,
            PromptTokens = context.Answer.EstimatedPromptTokens,
        };
    }

    /// <summary>
    /// What is Anthropic's own business does not go to others, and what is another's in the history not to it.
    /// </summary>
    internal static void Patch(JsonEnvelope request, CallContext context, BodyPatch patch)
    {
        AnthropicMessagesHistory.Patch(request, patch, context.Losses);
        if (context.Traits.SystemTurns != SystemTurns.InPlace)
        {
            AnthropicMessagesSystemTurns.Patch(patch);
        }

        if (!context.Exact
            && patch.TryGetValue("system", out ReadOnlySpan<byte> system)
            && AnthropicMessagesBillingCutter.Cut(system, patch))
        {
            context.Losses.Note("x-anthropic-billing-header");
        }
    }
}
