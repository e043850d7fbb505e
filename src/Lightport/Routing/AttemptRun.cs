using System.Runtime.CompilerServices;
using Lightport.Conversation;
using Lightport.Routing.State;

namespace Lightport.Routing;

/// <summary>
/// Makes the attempts of one request, and notes of each what it says of its target and what it took of the budget.
/// Where the route hedges, an attempt that is slow gets a second beside it: the first to begin its answer is taken, the
/// other is ended, and both are over when this one returns.
/// </summary>
/// <param name="hedge">Null where one attempt is made at a time.</param>
/// <param name="attempt">
/// Makes one attempt. Of two at once it lets one alone succeed: the other ends in a <see cref="BeatenException"/>.
/// </param>
internal sealed class AttemptRun<T>(
    SelectionFacts request,
    AttemptPlan plan,
    HedgePolicy? hedge,
    RequestDeadline deadline,
    TimeProvider time,
    RetryBudget budget,
    Func<Target, AttemptInfo, CancellationToken, ValueTask<AttemptOutcome<T>>> attempt)
{
    private static readonly GatewayError Beaten =
        new(ErrorStage.Upstream, ErrorKind.Canceled, 499, "Another target answered first.");

    private int _begun;

    /// <summary>Makes an attempt, or two; one that failed beside the one that is returned stands in the plan.</summary>
    public ValueTask<AttemptMade<T>> MakeAsync(AttemptStep step)
    {
        if (hedge is null)
        {
            return MakeAsync(step, wasTaken: _begun > 0, deadline.Token);
        }

        if (_begun == 0)
        {
            hedge.Most?.Begin(Now);
        }

        return RaceAsync(step, hedge.DelayAt(step.Call.State, request.Stream));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<AttemptMade<T>> MakeAsync(AttemptStep step, bool wasTaken, CancellationToken token)
    {
        AttemptOutcome<T> outcome;
        CallVerdict verdict = CallVerdict.Unknown;
        var info = new AttemptInfo(++_begun, plan.NextAt(step.Target), deadline.Remaining);
        long started = time.GetTimestamp();
        step.Call.Begin();
        try
        {
            outcome = await attempt(step.Target, info, token);
            verdict = FailureRules.Verdict(outcome.Error, request.BringsKey);
        }
        catch (GatewayException exception)
        {
            outcome = new AttemptOutcome<T>(exception.Error);
            verdict = FailureRules.Verdict(outcome.Error, request.BringsKey);
        }
        catch (OperationCanceledException e) when (e is BeatenException || token.IsCancellationRequested)
        {
            outcome = new AttemptOutcome<T>(deadline.Token.IsCancellationRequested ? deadline.Error : Beaten);
        }
        catch
        {
            step.Call.Release();
            throw;
        }
        finally
        {
            budget.End(request.Route.Retries, wasTaken, verdict);
        }

        TimeSpan took = time.GetElapsedTime(started);
        if (outcome.Succeeded)
        {
            step.Call.Answer(took, request.Stream);
        }
        else
        {
            step.Call.Fail(outcome.Error, took, request);
        }

        return new AttemptMade<T>(step, outcome, took);
    }

    private async ValueTask<AttemptMade<T>> RaceAsync(AttemptStep step, TimeSpan? delay)
    {
        using var firstEnd = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
        Task<AttemptMade<T>> first = MakeAsync(step, wasTaken: _begun > 0, firstEnd.Token).AsTask();
        if (delay is not { } slow || !await OutlastsAsync(first, slow) || Second(step.Target) is not { } other)
        {
            return await first;
        }

        using var secondEnd = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
        Task<AttemptMade<T>> second = MakeAsync(other, wasTaken: false, secondEnd.Token).AsTask();
        Task<AttemptMade<T>> earlier = await Task.WhenAny(first, second);
        (Task<AttemptMade<T>> later, CancellationTokenSource laterEnd) =
            earlier == first ? (second, secondEnd) : (first, firstEnd);
        bool goesOn = false;
        try
        {
            AttemptMade<T> made = await earlier;
            goesOn = !made.Outcome.Succeeded;
            if (goesOn)
            {
                plan.Add(made.Step.Target, made.Outcome.Error, made.Took);
            }

            return goesOn ? await later : made;
        }
        finally
        {
            if (!goesOn)
            {
                await BeatAsync(later, laterEnd);
            }
        }
    }

    private long Now => (long)time.GetElapsedTime(0).TotalMilliseconds;

    private async ValueTask<bool> OutlastsAsync(Task attempt, TimeSpan delay)
    {
        await attempt.WaitAsync(delay, time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !attempt.IsCompleted;
    }

    /// <summary>Another target that can be asked, where the budget allows it; it is spent whichever answers.</summary>
    private AttemptStep? Second(Target first)
    {
        if (hedge!.Most?.Allows(Now) == false || !budget.Allows(request.Route.Retries)
            || plan.Beside(first) is not { } step)
        {
            return null;
        }

        hedge.Most?.Spend(Now);
        budget.Spend(request.Route.Retries);
        return step;
    }

    /// <summary>Ends an attempt that is not needed. Whatever becomes of it, its request is decided.</summary>
    private async ValueTask BeatAsync(Task<AttemptMade<T>> beaten, CancellationTokenSource end)
    {
        // Here and now: it is waited for anyway, and on a thread of its own nobody could say when it hears of it.
        end.Cancel();
        await ((Task)beaten).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!beaten.IsCompletedSuccessfully)
        {
            return;
        }

        AttemptMade<T> made = await beaten;
        plan.Add(made.Step.Target, made.Outcome.Error ?? Beaten, made.Took);
        if (made.Outcome.Succeeded)
        {
            made.Step.Call.End(null, request);
        }
    }
}
