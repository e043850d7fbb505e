using Lightport.Dialects.OpenAI.Chat;
using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Completions;

/// <summary>Completions between a client and a provider that both speak them.</summary>
internal sealed class OpenAICompletionsPassed : IPassed
{
    public Call Write(ClientRequest request, CallContext context)
    {
        OpenAIChatPassing passing = OpenAIChatPassed.Options(request.Json, context);
        var patch = new BodyPatch(request.Json);
        OpenAIChatPassed.AskForUsage(request.Json, passing, patch);
        return new OpenAIPassedCall(
            PassedBody.Of(patch, context), () => new OpenAIChatRelay(passing, OpenAIChatAnswerShape.Completions));
    }
}
