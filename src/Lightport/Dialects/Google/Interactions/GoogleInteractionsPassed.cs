using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Hands interactions on as they are: the wire always tells usage, so nothing needs to be asked for.</summary>
internal sealed class GoogleInteractionsPassed : IPassed
{
    public Call Write(ClientRequest request, CallContext context)
    {
        var patch = new BodyPatch(request.Json);
        GoogleInteractionsHistory.Patch(request.Json, context.Traits.SignedCalls, patch, context.Losses);
        return new GoogleInteractionsCall(PassedBody.Of(patch, context))
        {
            Passes = true,
            Keeps = request.Json.GetBoolean(GoogleInteractionsOwnFields.Store) != false,
            Reading = AnswerReading.AsItIs,
            Answer = context.Answer,
        };
    }
}
