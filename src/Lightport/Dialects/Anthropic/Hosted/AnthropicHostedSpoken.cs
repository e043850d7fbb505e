using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Hosted;

/// <summary>A conversation said in Messages to a cloud.</summary>
internal sealed class AnthropicHostedSpoken(AnthropicHost host, ISpoken messages) : ISpoken
{
    public Call Write(ModelRequest request, CallContext context)
    {
        var amendment = new AnthropicHostedAmendment(host, [], context.Amendment);
        return new AnthropicHostedCall(host, messages.Write(request, context with { Amendment = amendment }), []);
    }
}
