using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>Puts an answer back into the client's words, as far as its call was said in others.</summary>
/// <param name="restoration">What was said in other words.</param>
/// <param name="losses">Told where the answer does not keep to what was asked.</param>
public sealed class AnswerReading(AnswerRestoration restoration, AnswerLosses losses)
{
    /// <summary>Nothing was said in other words.</summary>
    public static AnswerReading AsItIs { get; } = new(AnswerRestoration.Nothing, new AnswerLosses());

    public IAnswerDecoder Restored(IAnswerDecoder decoder) => restoration.Restore(decoder, losses);

    public ChatResponse Restored(ChatResponse response) => restoration.Restore(response, losses);
}
