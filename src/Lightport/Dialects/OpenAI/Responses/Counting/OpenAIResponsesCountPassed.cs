using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Hands a request to be counted on as it is, but for what no provider can read.</summary>
internal sealed class OpenAIResponsesCountPassed : IPassed
{
    public Call Write(ClientRequest request, CallContext context)
    {
        var patch = new BodyPatch(request.Json);
        OpenAIResponsesHistory.Patch(request.Json, patch, context.Losses);
        return new OpenAIResponsesCountCall(PassedBody.Of(patch, context)) { Passes = true };
    }
}
