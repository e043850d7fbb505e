using System.Runtime.CompilerServices;
using Lightport.Conversation;
using Lightport.Routing.State;

namespace Lightport.Routing;

/// <summary>
/// Sends a request to a route's targets until one answers. What "send" is, it is told: a delegate that returns a value
/// once the answer's first byte is there, after which nothing is tried again.
/// <list type="number">
/// <item>Takes the targets as its <see cref="AttemptPlan"/> says, in the order in which they were selected.</item>
/// <item>Pauses before the same target is asked again (full jitter, doubling), at least as long as the provider asks;
/// where that is more than <see cref="RetryPolicy.MaxDelay"/>, or than is left of the request's time, goes on
/// instead.</item>
/// <item>Makes each attempt by its <see cref="AttemptRun{T}"/>, which asks a second target beside one that is slow
/// where the route hedges.</item>
/// <item>Stops at a value, at an error that is the request's own fault, at the client's cancel, at the deadline, and
/// where its route has spent its <see cref="RetryBudget"/>.</item>
/// </list>
/// </summary>
/// <param name="time">Measures and waits.</param>
/// <param name="random">Numbers from 0 up to 1.</param>
/// <param name="states">What is known of the targets, and learns of each attempt.</param>
internal sealed class AttemptLoop(TimeProvider time, Func<double> random, TargetStates states)
{
    private readonly RetryBudget _budget = new(time);
    private long _refused;

    /// <summary>How many retries the budget did not allow, since the process began.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <param name="request">Its route has the policies.</param>
    /// <param name="targets">In the order to try them; one at least.</param>
    /// <param name="deadline">The request's time; its token goes to every attempt.</param>
    /// <param name="attempt">Makes one attempt. A <see cref="GatewayException"/> counts as its error.</param>
    /// <param name="once">The first failure is final (<c>x-lightport-no-retry</c>): no other attempt, no other
    /// target.</param>
    /// <param name="narrow">Leaves of targets those that can take the request; null where nobody asks.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<AttemptResult<T>> RunAsync<T>(
        SelectionFacts request,
        IReadOnlyList<Target> targets,
        RequestDeadline deadline,
        Func<Target, AttemptInfo, CancellationToken, ValueTask<AttemptOutcome<T>>> attempt,
        bool once = false,
        Func<IReadOnlyList<Target>, IReadOnlyList<Target>>? narrow = null)
    {
        var plan = new AttemptPlan(request.Route, targets, states, random, narrow);
        var run = new AttemptRun<T>(
            request, plan, once ? null : request.Route.Hedge, deadline, time, _budget, attempt);
        GatewayError? failure = null;
        AttemptStep? next = deadline.Token.IsCancellationRequested ? null : plan.First();
        _budget.Begin(request.Route.Retries);
        while (next is { } step)
        {
            if (step.Pause > TimeSpan.Zero && !await WaitAsync(step.Pause, deadline.Token))
            {
                _budget.End(request.Route.Retries, wasTaken: true, CallVerdict.Unknown);
                break;
            }

            AttemptMade<T> made = await run.MakeAsync(step);
            failure = made.Outcome.Error;
            plan.Add(made.Step.Target, failure, made.Took);
            if (failure is null)
            {
                return new AttemptResult<T>(made.Outcome, plan.Records, made.Step.Call);
            }

            next = once || deadline.Token.IsCancellationRequested
                ? null
                : Next(plan, request.Route.Retries, deadline.Remaining);
        }

        GatewayError error = deadline.Token.IsCancellationRequested ? deadline.Error : failure!;
        return new AttemptResult<T>(
            new AttemptOutcome<T>(error with { Attempts = plan.Told() }), plan.Records);
    }

    /// <summary>Where the request is tried next, as far as the budget allows it.</summary>
    private AttemptStep? Next(AttemptPlan plan, RetryCounts route, TimeSpan remaining)
    {
        if (!_budget.TryTake(route))
        {
            Interlocked.Increment(ref _refused);
            return null;
        }

        AttemptStep? next = plan.Next(remaining);
        if (next is null)
        {
            _budget.End(route, wasTaken: true, CallVerdict.Unknown);
        }

        return next;
    }

    /// <returns>False where the request was over meanwhile.</returns>
    private async ValueTask<bool> WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }
}
