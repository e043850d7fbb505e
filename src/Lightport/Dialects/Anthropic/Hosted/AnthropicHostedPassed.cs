namespace Lightport.Dialects.Anthropic.Hosted;

/// <summary>Hands a client's Messages on to a cloud: its bytes, but for what the cloud says in another place.</summary>
internal sealed class AnthropicHostedPassed(AnthropicHost host, IPassed messages) : IPassed
{
    public Call Write(ClientRequest request, CallContext context)
    {
        IReadOnlyList<string> betas = AnthropicHostedBetas.Of(
            request.Header(AnthropicHostedBetas.Header), host, context.Losses);
        if (AnthropicHostedBetas.SearchesTools(request.Body.Span))
        {
            betas = AnthropicHostedBetas.ForToolSearch(betas, host);
        }

        var amendment = new AnthropicHostedAmendment(host, host.HasBetaHeader ? [] : betas, context.Amendment);
        return new AnthropicHostedCall(
            host,
            messages.Write(request, context with { Amendment = amendment }),
            host.HasBetaHeader ? betas : []);
    }
}
