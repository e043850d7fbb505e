using Lightport.Conversation;
using Lightport.Routing.State;

namespace Lightport.Routing;

/// <summary>
/// Decides where one request is tried next, by what became of its attempts so far and what is known of the targets now.
/// <list type="number">
/// <item>Where the route has targets for a failure of this kind, those come before, or in place of, the others.</item>
/// <item>The same target again, where its failure says that it may pass and nothing says that it will last.</item>
/// <item>The next that can be asked. A rate limit, too, is left for it at once: another account may have none.</item>
/// <item>Where none is left, the one that may be asked again soonest, after the pause that it wants.</item>
/// <item>Else those that are best left alone: first the one that is soonest to come back.</item>
/// </list>
/// </summary>
/// <param name="targets">In the order to try them; one at least.</param>
/// <param name="states">What is known of targets.</param>
/// <param name="random">Numbers from 0 up to 1.</param>
/// <param name="narrow">Leaves of the targets for one kind of failure those that can take the request.</param>
internal sealed class AttemptPlan(
    Route route,
    IReadOnlyList<Target> targets,
    TargetStates states,
    Func<double> random,
    Func<IReadOnlyList<Target>, IReadOnlyList<Target>>? narrow = null)
{
    private readonly RetryPolicy _retry = route.Retry;
    private readonly List<AttemptRecord> _records = new(1);
    private IReadOnlyList<Target> _targets = targets;
    private List<IReadOnlyList<Target>>? _followed;

    /// <summary>The attempts that are over, in order.</summary>
    public IReadOnlyList<AttemptRecord> Records => _records;

    /// <summary>Where the request is tried first.</summary>
    public AttemptStep First() => (Free() ?? LeastBad())!.Value;

    /// <summary>Another target that can be asked while this one is; null where none is left.</summary>
    public AttemptStep? Beside(Target underWay) => Free(underWay);

    /// <summary>Which attempt at this target comes next, from 1.</summary>
    public int NextAt(Target target) => Made(target, out _) + 1;

    public void Add(Target target, GatewayError? error, TimeSpan took) =>
        _records.Add(new AttemptRecord(target, error, took, TimeSpan.Zero));

    /// <summary>Where it is tried after the last attempt, which failed; null where nowhere.</summary>
    /// <param name="remaining">What is left of the request's time.</param>
    public AttemptStep? Next(TimeSpan remaining)
    {
        (Target target, GatewayError? error, _, _) = _records[^1];
        bool goesOn = Follow(error!);
        bool leaves = goesOn && (error!.Kind == ErrorKind.RateLimit || states.Of(target).Away is not null);
        AttemptStep? next = leaves ? null : Again(target, remaining);
        if (next is null && goesOn)
        {
            next = Free() ?? AgainSoonest(remaining) ?? LeastBad();
        }

        _records[^1] = _records[^1] with { Pause = next?.Pause ?? TimeSpan.Zero };
        return next;
    }

    /// <summary>What the client is told of attempts that all failed: nothing where there was one only.</summary>
    public IReadOnlyList<FailedAttempt> Told() => _records.Count < 2 ? [] :
    [
        .. _records.Select(record => new FailedAttempt(
            record.Target.ToString(), record.Error!.Kind, record.Error.Status, record.Duration)),
    ];

    /// <summary>Goes over to the targets for a failure of this kind, where there are any.</summary>
    /// <returns>False where the request is over: it was itself at fault, and no target is there for that.</returns>
    private bool Follow(GatewayError error)
    {
        bool isFinal = FailureRules.IsFinal(error);
        if (error.Stage == ErrorStage.Encode || route.FallbackOn?.After(error.Kind) is not { } listed)
        {
            return !isFinal;
        }

        if (_followed?.Contains(listed) != true)
        {
            (_followed ??= []).Add(listed);
            IReadOnlyList<Target> able = narrow?.Invoke(listed) ?? listed;
            _targets = isFinal ? able : [.. able, .. _targets.Except(able)];
        }

        return true;
    }

    private AttemptStep? Free(Target? underWay = null)
    {
        foreach (Target target in _targets)
        {
            if (!ReferenceEquals(target, underWay)
                && Made(target, out _) == 0
                && states.Of(target).TryCall() is { } call)
            {
                return new AttemptStep(target, call, TimeSpan.Zero);
            }
        }

        return null;
    }

    private AttemptStep? LeastBad()
    {
        Target? best = null;
        TimeSpan soonest = TimeSpan.MaxValue;
        foreach (Target target in _targets)
        {
            TimeSpan away = states.Of(target).Away ?? TimeSpan.Zero;
            if (away < soonest && Made(target, out _) == 0)
            {
                (best, soonest) = (target, away);
            }
        }

        return best is null ? null : new AttemptStep(best, states.Of(best).Call(), TimeSpan.Zero);
    }

    private AttemptStep? AgainSoonest(TimeSpan remaining)
    {
        Target? best = null;
        TimeSpan soonest = TimeSpan.MaxValue;
        foreach (Target target in _targets)
        {
            if (Wait(target) is { } wait && wait < soonest)
            {
                (best, soonest) = (target, wait);
            }
        }

        return best is null ? null : Again(best, remaining);
    }

    private AttemptStep? Again(Target target, TimeSpan remaining)
    {
        if (Wait(target) is not { } wait)
        {
            return null;
        }

        TimeSpan pause = _retry.Pause(Made(target, out _), random());
        pause = wait > pause ? wait : pause;
        return pause < remaining ? new AttemptStep(target, states.Of(target).Call(), pause) : null;
    }

    /// <summary>How long a target wants that may be tried again; null where it may not.</summary>
    private TimeSpan? Wait(Target target) =>
        Made(target, out GatewayError? last) < _retry.Attempts
        && last is not null
        && FailureRules.IsRetried(last, _retry)
        && !(last.RetryAfter > _retry.MaxDelay)
            ? last.RetryAfter ?? TimeSpan.Zero
            : null;

    private int Made(Target target, out GatewayError? last)
    {
        int made = 0;
        last = null;
        foreach (AttemptRecord record in _records)
        {
            if (ReferenceEquals(record.Target, target))
            {
                (made, last) = (made + 1, record.Error);
            }
        }

        return made;
    }
}
