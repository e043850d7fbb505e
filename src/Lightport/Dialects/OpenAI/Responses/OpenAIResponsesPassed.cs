using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Hands responses on as they are: the wire always tells usage, so nothing needs to be asked for or mended.
/// </summary>
internal sealed class OpenAIResponsesPassed : IPassed
{
    public Call Write(ClientRequest request, CallContext context)
    {
        var patch = new BodyPatch(request.Json);
        OpenAIResponsesHistory.Patch(request.Json, patch, context.Losses);
        return new OpenAIResponsesCall(PassedBody.Of(patch, context))
        {
            Passes = true,
            Keeps = request.Json.GetBoolean("store") != false,
            Reading = AnswerReading.AsItIs,
            PromptTokens = context.Answer.EstimatedPromptTokens,
        };
    }
}
