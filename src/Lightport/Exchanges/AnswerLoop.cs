using System.Runtime.CompilerServices;
using Lightport.Conversation;
using Lightport.Exchanges.Stages;
using Lightport.Routing;
using Lightport.Routing.Selection;

namespace Lightport.Exchanges;

/// <summary>
/// Steps 5 and 6 of the journey: targets are asked until one begins to answer, and its source is given to the client.
/// Where a stage lets the answer go on, both are done again for the conversation as it is by then: a round.
/// </summary>
internal sealed class AnswerLoop(AttemptLoop attempts, AttemptMaker maker, TargetSelector selector)
{
    /// <summary>Sends the request through its stages, one of which may answer it.</summary>
    /// <returns>One of them has.</returns>
    /// <exception cref="GatewayException">One of them refused, and nothing has been sent.</exception>
    public static async ValueTask<bool> AskStagesAsync(ClientAnswer client, RequestDeadline deadline)
    {
        try
        {
            if (await client.Stages.RunAsync(deadline.Token).ConfigureAwait(false) is not { } given)
            {
                return false;
            }

            await client.WriteAsync(given).ConfigureAwait(false);
        }
        catch (GatewayException e)
        {
            // A stage may take its time, and a stream is kept alive meanwhile: then the error is told inside it.
            await client.FailAsync(e.Error).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            await client.FailAsync(deadline.Error).ConfigureAwait(false);
        }

        return true;
    }

    /// <exception cref="GatewayException">The answer ends in an error, and nothing of it has been sent.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask AnswerAsync(Exchange exchange, ClientAnswer client, RequestDeadline deadline)
    {
        Func<IReadOnlyList<Target>, IReadOnlyList<Target>>? narrow =
            exchange.Route!.FallbackOn is null ? null : Narrowing(exchange);
        Func<Target, AttemptInfo, CancellationToken, ValueTask<AttemptOutcome<Source>>> attempt =
            maker.For(exchange, client);
        bool goesOn = false;
        do
        {
            // 5 Attempt
            AttemptResult<Source> result = await attempts
                .RunAsync(
                    exchange.Selection,
                    exchange.Targets,
                    deadline,
                    attempt,
                    once: exchange.Context.Request.Headers.ContainsKey("x-lightport-no-retry"),
                    narrow)
                .ConfigureAwait(false);
            exchange.Answering = result.Answering;

            // 6 Answer
            using Source? source = result.Value;
            exchange.Aborted.ThrowIfCancellationRequested();
            if (source is null)
            {
                await client.FailAsync(result.Error!).ConfigureAwait(false);
                return;
            }

            exchange.Prefer(source.Attempt);
            if (source.Round is null)
            {
                await client.WriteAsync(source, deadline).ConfigureAwait(false);
            }
            else
            {
                goesOn = await EndAsync(exchange, client, source, source.Round, deadline).ConfigureAwait(false);
            }
        }
        while (goesOn);
    }

    /// <summary>Apart, so that what it holds is made only for a route that may ask for it.</summary>
    private Func<IReadOnlyList<Target>, IReadOnlyList<Target>> Narrowing(Exchange exchange) =>
        targets => selector.Narrow(targets, exchange.Selection);

    /// <summary>Gives the client what a source brings, then does what belongs between it and what follows.</summary>
    /// <returns>The answer goes on from another source.</returns>
    private static async ValueTask<bool> EndAsync(
        Exchange exchange, ClientAnswer client, Source source, IAnswerRound round, RequestDeadline deadline)
    {
        if (exchange.Stream)
        {
            await client.WriteAsync(source, deadline).ConfigureAwait(false);
        }

        if (exchange.Error is not null)
        {
            return false;
        }

        source.Attempt.End(null);
        client.GoOnFrom(source);
        exchange.Time.Enter(ExchangePhase.Pause);
        try
        {
            IReadOnlyList<StreamEvent>? end = await round.EndAsync(client, deadline.Token).ConfigureAwait(false);
            exchange.Time.Enter(ExchangePhase.Gateway);
            if (end is null)
            {
                exchange.GoOn();
                return true;
            }

            await client.WriteAsync(end, source.Headers, source.MediaType).ConfigureAwait(false);
        }
        catch (GatewayException e)
        {
            await client.FailAsync(e.Error).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            await client.FailAsync(deadline.Error).ConfigureAwait(false);
        }

        return false;
    }
}
