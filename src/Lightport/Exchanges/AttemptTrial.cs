using System.Runtime.ExceptionServices;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Exchanges.Limits;
using Lightport.Routing;

namespace Lightport.Exchanges;

/// <summary>
/// Finds out whether a request could be put to a target just now, and sends nothing: for whoever has something to do
/// before it that cannot be undone.
/// </summary>
internal sealed class AttemptTrial(CallPlanner planner)
{
    /// <exception cref="GatewayException">
    /// Nobody could be asked: a limit refuses it, or no target can be told what it holds.
    /// </exception>
    public async ValueTask CheckAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        GatewayException? first = null;
        foreach (Target target in exchange.Targets)
        {
            try
            {
                await CheckAsync(exchange, target, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (GatewayException e)
            {
                first ??= e;
                if (FailureRules.IsFinal(e.Error))
                {
                    break;
                }
            }
        }

        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }

    /// <summary>What an attempt would hold is held and given back: it is its own to hold.</summary>
    private async ValueTask CheckAsync(Exchange exchange, Target target, CancellationToken cancellationToken)
    {
        AttemptHolds? held = exchange.Limits is { } limits
            ? await limits.HoldAsync(target, cancellationToken).ConfigureAwait(false)
            : null;
        held?.Holds.Release();
        CallPlan plan = planner.PlanSpoken(target, exchange.Asked);
        using Call call = CallWriter.Write(
            exchange,
            target,
            plan,
            CallWriter.Losses(exchange.Route!, plan),
            asEvents: true,
            held?.OutputLimit);
    }
}
