using Lightport.Conversation;

namespace Lightport.Exchanges.Stages;

/// <summary>
/// One source's share of an answer that may go on from another: sees the source's events before any other filter does,
/// holds back what the next round is made of, and says what comes when the source is over. New for each attempt.
/// </summary>
public interface IAnswerRound : IAnswerFilter
{
    /// <summary>
    /// The source has come to its own end, whose finish and usage were held back: does what belongs between it and what
    /// follows, and may change the conversation by then.
    /// </summary>
    /// <param name="client">Who may be told of it meanwhile.</param>
    /// <returns>What ends the client's answer; null where it goes on from another source.</returns>
    /// <exception cref="GatewayException">The answer ends in this error.</exception>
    ValueTask<IReadOnlyList<StreamEvent>?> EndAsync(IAnswerListener client, CancellationToken cancellationToken);
}
