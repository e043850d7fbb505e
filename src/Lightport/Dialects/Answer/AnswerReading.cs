using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// Puts an answer back into the client's words, as far as its call was said in others, and names the maker of what its
/// provider wants back.
/// </summary>
/// <param name="restoration">What was said in other words.</param>
/// <param name="losses">Told where the answer does not keep to what was asked.</param>
/// <param name="maker">Who answers; null where nobody needs to know.</param>
internal sealed class AnswerReading(AnswerRestoration restoration, AnswerLosses losses, StateMaker? maker = null)
{
    /// <summary>Nothing was said in other words.</summary>
    public static AnswerReading AsItIs { get; } = new(AnswerRestoration.Nothing, new AnswerLosses());

    /// <summary>Takes what the answer tells of what was lost on its way.</summary>
    public AnswerLosses Losses => losses;

    public static AnswerReading Of(AnswerRestoration restoration, CallContext context) => new(
        restoration,
        context.Answer.Losses,
        context.Account is { } account ? new StateMaker(account, context.Model) : null);

    public IAnswerDecoder Restored(IAnswerDecoder decoder) =>
        restoration.Restore(maker is null ? decoder : new SigningDecoder(decoder, maker), losses);

    public ChatResponse Restored(ChatResponse response) =>
        restoration.Restore(maker is null ? response : maker.Sign(response), losses);
}
