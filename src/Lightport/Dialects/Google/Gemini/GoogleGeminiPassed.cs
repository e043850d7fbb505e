using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Hands generateContent on as it is: the address says model and stream, so that the body needs neither. What another
/// vendor's thinking left in the history does not go along.
/// </summary>
internal sealed class GoogleGeminiPassed : IPassed
{
    public Call Write(ClientRequest request, CallContext context)
    {
        var patch = new BodyPatch(request.Json);

        // Some clients say it there too, by the gateway's name for it.
        patch.Remove("model");
        GoogleGeminiHistory.Patch(request.Json, context.Traits.SignedCalls, patch, context.Losses);
        context.Amendment?.Apply(patch);
        AnswerContext answer = context.Answer;
        bool events = GoogleGeminiServed.IsEvents(request);
        return new GoogleGeminiCall(patch.Apply())
        {
            Relay = () => new GoogleGeminiRelay(events, answer.RequestId, answer.EstimatedPromptTokens),
            Reading = AnswerReading.AsItIs,
            Answer = answer,
        };
    }
}
