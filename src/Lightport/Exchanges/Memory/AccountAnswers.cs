using Lightport.Conversation;
using Lightport.Routing;

namespace Lightport.Exchanges;

/// <summary>
/// Asks the account that keeps an answer for it, once. What becomes of that says nothing of how a target answers
/// requests, so its state is left alone.
/// </summary>
internal sealed class AccountAnswers(AttemptMaker maker)
{
    /// <exception cref="GatewayException">The account refused.</exception>
    public async ValueTask AnswerAsync(Exchange exchange, ClientAnswer client, RequestDeadline deadline)
    {
        AttemptOutcome<Source> asked;
        try
        {
            asked = await maker.MakeAsync(exchange, client, exchange.Route!.Targets[0], deadline.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!exchange.Aborted.IsCancellationRequested)
        {
            throw new GatewayException(deadline.Error);
        }

        if (!asked.Succeeded)
        {
            throw new GatewayException(asked.Error);
        }

        using Source source = asked.Value;
        await client.WriteAsync(source, deadline).ConfigureAwait(false);
    }
}
