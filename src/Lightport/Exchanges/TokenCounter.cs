using Lightport.Conversation;
using Lightport.Routing;

namespace Lightport.Exchanges;

/// <summary>
/// Answers how many tokens a request has. It asks the target that the request itself would go to first, once, and no
/// other: the conversation goes nowhere that it would not have gone. Where that provider cannot say, or fails, the
/// answer is an estimate, and marked. What becomes of a count says nothing of how the target answers requests, so its
/// state is left alone.
/// </summary>
internal sealed class TokenCounter(CallPlanner planner, AttemptMaker maker)
{
    /// <exception cref="GatewayException">The request is at fault.</exception>
    public async ValueTask AnswerAsync(Exchange exchange, ClientAnswer client, RequestDeadline deadline)
    {
        Target target = exchange.Targets[0];
        AttemptOutcome<Source>? asked = planner.Reaches(target, exchange.Asked)
            ? await AskAsync(exchange, client, target, deadline).ConfigureAwait(false)
            : null;
        if (asked is { Succeeded: true } answered)
        {
            using Source source = answered.Value;
            await client.WriteAsync(source, deadline).ConfigureAwait(false);
            return;
        }

        if (asked is { Error: { } error } && FailureRules.IsFinal(error))
        {
            throw new GatewayException(error);
        }

        var counted = new TokenUsage
        {
            Input = PromptEstimator.Estimate((ChatRequest)exchange.Conversation),
            Estimated = true,
        };
        exchange.IsEstimate = true;
        await client.WriteAsync([new StreamEvent.Whole(new ChatResponse { Usage = counted })]).ConfigureAwait(false);
    }

    /// <returns>Null where the time was up before the provider had said anything.</returns>
    private async ValueTask<AttemptOutcome<Source>?> AskAsync(
        Exchange exchange, ClientAnswer client, Target target, RequestDeadline deadline)
    {
        try
        {
            return await maker.MakeAsync(exchange, client, target, deadline.Token).ConfigureAwait(false);
        }
        catch (GatewayException e)
        {
            return new AttemptOutcome<Source>(e.Error);
        }
        catch (OperationCanceledException) when (!exchange.Aborted.IsCancellationRequested)
        {
            return null;
        }
    }
}
