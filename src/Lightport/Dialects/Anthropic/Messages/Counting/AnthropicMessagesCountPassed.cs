using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Hands a request to be counted on as it is, but for what is changed in the message itself too.</summary>
internal sealed class AnthropicMessagesCountPassed : IPassed
{
    public Call Write(ClientRequest request, CallContext context)
    {
        var patch = new BodyPatch(request.Json);
        AnthropicMessagesPassed.Patch(request.Json, context, patch);
        return new AnthropicMessagesCountCall(PassedBody.Of(patch, context))
        {
            Headers = AnthropicMessagesPassed.DefaultHeaders,
            Passes = true,
        };
    }
}
