using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Hosted;

/// <summary>A conversation said in Messages to a cloud.</summary>
internal sealed class AnthropicHostedSpoken(AnthropicHost host, ISpoken messages) : ISpoken
{
    public Call Write(ModelRequest request, CallContext context)
    {
        IReadOnlyList<string> betas = AnthropicHostedBetas.SearchesTools(request)
            ? AnthropicHostedBetas.ForToolSearch([], host)
            : [];
        var amendment = new AnthropicHostedAmendment(host, host.HasBetaHeader ? [] : betas, context.Amendment);
        return new AnthropicHostedCall(
            host,
            messages.Write(request, context with { Amendment = amendment }),
            host.HasBetaHeader ? betas : []);
    }
}
