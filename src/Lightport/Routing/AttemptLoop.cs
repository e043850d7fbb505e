using System.Runtime.CompilerServices;
using Lightport.Conversation;
using Lightport.Routing.Selection;
using Lightport.Routing.State;

namespace Lightport.Routing;

/// <summary>
/// Sends a request to a route's targets until one answers. What "send" is, it is told: a delegate that returns a value
/// once the answer's first byte is there, after which nothing is tried again.
/// <list type="number">
/// <item>Takes the targets in the order in which they were selected.</item>
/// <item>Tries each up to <see cref="RetryPolicy.Attempts"/> times, pausing between (full jitter, doubling) and at
/// least as long as the provider asks; where it asks for more than <see cref="RetryPolicy.MaxDelay"/>, or for more
/// than is left of the request's time, goes on to the next target instead.</item>
/// <item>Notes of each attempt, in its target's state, that it began, how long it took and how it failed.</item>
/// <item>Stops at a value, at an error that is the request's own fault, at the client's cancel, at the deadline.</item>
/// </list>
/// </summary>
/// <param name="time">Measures and waits.</param>
/// <param name="random">Numbers from 0 up to 1.</param>
/// <param name="states">What is known of the targets, and learns of each attempt.</param>
internal sealed class AttemptLoop(TimeProvider time, Func<double> random, TargetStates states)
{
    /// <param name="request">Its route has the policies.</param>
    /// <param name="targets">In the order to try them; one at least.</param>
    /// <param name="deadline">The request's time; its token goes to every attempt.</param>
    /// <param name="attempt">Makes one attempt. A <see cref="GatewayException"/> counts as its error.</param>
    /// <param name="once">The first failure is final (<c>x-lightport-no-retry</c>): no other attempt, no other
    /// target.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<AttemptResult<T>> RunAsync<T>(
        SelectionFacts request,
        IReadOnlyList<Target> targets,
        RequestDeadline deadline,
        Func<Target, AttemptInfo, CancellationToken, ValueTask<AttemptOutcome<T>>> attempt,
        bool once = false)
    {
        RetryPolicy retry = request.Route.Retry;
        var records = new List<AttemptRecord>(1);
        AttemptOutcome<T> outcome = default;
        int index = 0;
        int atTarget = 1;
        while (!deadline.Token.IsCancellationRequested)
        {
            Target target = targets[index];
            var info = new AttemptInfo(records.Count + 1, atTarget, deadline.Remaining);
            TargetState state = states.Of(target);
            long started = time.GetTimestamp();
            state.Begin();
            try
            {
                outcome = await attempt(target, info, deadline.Token);
            }
            catch (GatewayException exception)
            {
                outcome = new AttemptOutcome<T>(exception.Error);
            }
            catch (OperationCanceledException) when (deadline.Token.IsCancellationRequested)
            {
                outcome = new AttemptOutcome<T>(deadline.Error);
            }
            catch
            {
                state.Release();
                throw;
            }

            TimeSpan took = time.GetElapsedTime(started);
            if (outcome.Succeeded)
            {
                state.Answer(took, request.Stream);
                records.Add(new AttemptRecord(target, null, took, TimeSpan.Zero));
                return new AttemptResult<T>(outcome, records, state);
            }

            state.Fail(outcome.Error, took, request);
            bool over = once || deadline.Token.IsCancellationRequested;
            if (!over && PauseBeforeRetry(retry, outcome.Error, atTarget, deadline.Remaining) is { } pause)
            {
                records.Add(new AttemptRecord(target, outcome.Error, took, pause));
                atTarget++;
                await WaitAsync(pause, deadline.Token);
                continue;
            }

            records.Add(new AttemptRecord(target, outcome.Error, took, TimeSpan.Zero));
            if (over || FailureRules.IsFinal(outcome.Error) || ++index == targets.Count)
            {
                break;
            }

            atTarget = 1;
        }

        return deadline.Token.IsCancellationRequested
            ? new AttemptResult<T>(new AttemptOutcome<T>(deadline.Error), records)
            : new AttemptResult<T>(outcome, records);
    }

    /// <summary>How long to wait before the same target is tried again; null where it is not.</summary>
    private TimeSpan? PauseBeforeRetry(RetryPolicy policy, GatewayError error, int made, TimeSpan remaining)
    {
        if (made >= policy.Attempts || !FailureRules.IsRetried(error, policy) || error.RetryAfter > policy.MaxDelay)
        {
            return null;
        }

        TimeSpan pause = policy.Pause(made, random());
        pause = error.RetryAfter > pause ? error.RetryAfter.Value : pause;
        return pause < remaining ? pause : null;
    }

    private async Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken) =>
        await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
