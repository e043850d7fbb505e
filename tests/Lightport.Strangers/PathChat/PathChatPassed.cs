using Lightport.Dialects;
using Lightport.Transport.Body;

namespace Lightport.Strangers.PathChat;

/// <summary>Between a client and a provider that both speak it: the body names no model, so that none is changed.</summary>
internal sealed class PathChatPassed : IPassed
{
    public Call Write(ClientRequest request, CallContext context)
    {
        var patch = new BodyPatch(request.Json);
        context.Amendment?.Apply(patch);
        return new PathChatCall(patch.Apply())
        {
            Relay = () => new PathChatRelay(context.Answer.EstimatedPromptTokens),
        };
    }
}
