using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Reads a whole answer: told and folded as its stream would be, so that both say the same.
/// </summary>
internal static class GoogleGeminiResponseDecoder
{
    /// <param name="requestId">Tells the answer from others where the provider gives it no id.</param>
    /// <param name="losses">Told what no client's dialect has a word for.</param>
    /// <exception cref="GatewayException">It is no answer, or an error inside a success.</exception>
    public static ChatResponse Decode(ReadOnlyMemory<byte> body, string requestId, AnswerLosses losses)
    {
        var answer = new GoogleGeminiAnswerReader(requestId, losses);
        var events = new List<StreamEvent>();
        try
        {
            Read(body.Span, answer, events);
        }
        catch (Exception malformed) when (ProviderJson.IsMalformed(malformed))
        {
            throw ProviderJson.NotJson(malformed);
        }

        if (answer.Error is { } error)
        {
            throw new GatewayException(error with { Stage = ErrorStage.Decode });
        }

        if (!answer.HasAnswer)
        {
            throw GatewayException.BadUpstream("The provider's answer has no candidates.");
        }

        // An answer that came whole is over, whether it names its end or not.
        answer.End(events);
        var whole = new StreamAccumulator();
        events.ForEach(whole.Add);
        return whole.ToResponse();
    }

    /// <summary>One response, or the array of them that a stream is where no events were asked for.</summary>
    private static void Read(ReadOnlySpan<byte> body, GoogleGeminiAnswerReader answer, List<StreamEvent> events)
    {
        ReadOnlySpan<byte> json = body.TrimStart(" \t\r\n"u8);
        if (json.IsEmpty || json[0] != '[')
        {
            answer.Read(body, events);
            return;
        }

        var elements = new GoogleGeminiElements(json, new JsonSlice(0, 0, json.Length));
        while (answer.Error is null && elements.Next(out JsonSlice element))
        {
            answer.Read(element.In(json), events);
        }
    }
}
