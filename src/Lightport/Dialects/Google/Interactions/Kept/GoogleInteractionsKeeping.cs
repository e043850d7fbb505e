using System.Buffers;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Whether an interaction is kept, and as what (https://ai.google.dev/gemini-api/docs/interactions): unless its client
/// says that it shall not be.
/// </summary>
internal sealed class GoogleInteractionsKeeping(AnswerContext context, JsonEnvelope request)
{
    /// <summary>What the ids of the gateway's own interactions begin with; none of Google's do.</summary>
    public const string IdPrefix = "interaction_req_";

    public bool IsKept { get; } = context.CanKeep && request.GetBoolean("store") != false;

    /// <summary>The client has asked for it in so many words, and it is not.</summary>
    public bool IsLost => !IsKept && request.GetBoolean("store") == true;

    /// <summary>
    /// What an interaction is called: by an id of the gateway's own where it is kept, since whoever asks for it again
    /// asks the gateway.
    /// </summary>
    public string IdOf(string providers) => IsKept ? "interaction_" + context.RequestId : providers;

    /// <summary>The interaction as it is to be kept; null where it is not.</summary>
    public KeptAnswer? Keep(ChatResponse response)
    {
        if (!IsKept)
        {
            return null;
        }

        var answer = new ArrayBufferWriter<byte>();
        GoogleInteractionsResponseEncoder.Encode(response, context, answer);
        return new KeptAnswer(
            IdOf(response.Id),
            GoogleInteractionsContinuation.StepsOf(request),
            Encoding.UTF8.GetString(answer.WrittenSpan));
    }
}
