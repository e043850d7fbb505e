using Lightport.Conversation;

namespace Lightport.Routing.State;

/// <summary>
/// What the calls to one target have shown of it. Any number of requests read and write it at once; each figure is
/// right by itself, and no two are of exactly the same moment.
/// </summary>
public sealed class TargetState
{
    /// <summary>A provider that asks for longer than this is believed this long.</summary>
    internal static readonly TimeSpan LongestCoolDown = TimeSpan.FromDays(1);

    /// <summary>What is expected of a target in the moment of its failure, in milliseconds.</summary>
    private const double WaitAtFailure = 60_000;

    private readonly TimeProvider _time;
    private readonly LatencyAverage _firstContent = new();
    private readonly LatencyAverage _wholeAnswer = new();
    private readonly ThroughputAverage _throughput = new();
    private readonly CircuitBreaker _breaker;
    private LatencyClasses? _firstContents;
    private LatencyClasses? _wholeAnswers;
    private int _inFlight;
    private int _failures;
    private TargetFailure? _lastFailure;
    private long _coolUntil;
    private long _lastUsed;
    private long _lastAnswer = long.MinValue;

    internal TargetState(TimeProvider time, Func<double> random) =>
        (_time, _breaker) = (time, new CircuitBreaker(random));

    /// <summary>Calls that have begun and whose answer's last byte has not come yet.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>
    /// How busy it is to be taken for: its calls in flight, and more while it has just come back from an outage.
    /// </summary>
    public double Busyness
    {
        get
        {
            int inFlight = InFlight;
            double warmth = _breaker.Warmth(Now);
            return warmth >= 1 ? inFlight : ((inFlight + 1) / warmth) - 1;
        }
    }

    /// <summary>Calls that have failed since one ended well; what was the request's own fault does not count.</summary>
    public int ConsecutiveFailures => Volatile.Read(ref _failures);

    /// <summary>Null where none has failed.</summary>
    public TargetFailure? LastFailure => Volatile.Read(ref _lastFailure);

    /// <summary>Until when the provider asked last to be left alone; null where it never did.</summary>
    public DateTimeOffset? CoolUntil =>
        Interlocked.Read(ref _coolUntil) is not 0 and long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>What the target's circuit breaker does with the next call.</summary>
    public BreakerPhase Breaker => _breaker.PhaseAt(Now);

    /// <summary>
    /// For how long the target is best left alone, because its breaker is open or its provider asked for it: zero where
    /// a probe is under way that will tell, null where it can be asked.
    /// </summary>
    public TimeSpan? Away
    {
        get
        {
            TimeSpan? open = _breaker.Away(Now);
            return CoolsFor is { } cools && !(cools < open) ? cools : open;
        }
    }

    /// <summary>
    /// How long the answer takes to begin: to a stream's first content, or until all of it is there; the two are far
    /// apart, so each has an average of its own. Null where nothing was measured.
    /// </summary>
    public TimeSpan? Latency(bool stream) => Average(stream).Value;

    /// <summary>How many tokens of an answer come a second, from its call to its end; null where none was measured.
    /// </summary>
    public double? Throughput => _throughput.Value;

    /// <summary>
    /// How long a call would wait for its answer to begin, in milliseconds, as far as can be told: 0 of a target that
    /// is yet to be tried, much of one whose first call is still on its way, and of one that failed last, for a while.
    /// </summary>
    public double ExpectedWait(bool stream)
    {
        double failed = ConsecutiveFailures > 0 && LastFailure is { } failure
            ? WaitAtFailure * Math.Exp((failure.At - _time.GetUtcNow()) / LatencyAverage.TimeConstant)
            : 0;
        double measured = Average(stream).Expected(Now) ?? (InFlight > 0 ? WaitAtFailure : 0);
        return Math.Max(failed, measured);
    }

    /// <summary>
    /// How long such a share of its answers took at most to begin; null where there were too few. Counted from when it
    /// is first asked for, so that where nobody asks it costs nothing.
    /// </summary>
    /// <param name="share">From 0 to 1.</param>
    internal TimeSpan? Longest(double share, bool stream) =>
        LazyInitializer.EnsureInitialized(ref stream ? ref _firstContents : ref _wholeAnswers).Longest(share);

    /// <summary>A call that may be made now; null where the target is best left alone.</summary>
    internal TargetCall? TryCall() =>
        CoolsFor is null && _breaker.TryPass(Now) is { } pass ? new TargetCall(this, pass) : null;

    /// <summary>A call that is made in any case.</summary>
    internal TargetCall Call() => new(this, _breaker.Pass());

    internal void Begin() => Interlocked.Increment(ref _inFlight);

    internal void Answer(BreakerPass pass, TimeSpan took, bool stream)
    {
        long now = Now;
        Average(stream).Add(took, now);
        (stream ? _firstContents : _wholeAnswers)?.Add(took);
        Set(ref _lastAnswer, now);
        _breaker.Begun(pass, now);
    }

    /// <summary>An answer has come whole.</summary>
    /// <param name="tokens">Of the answer, as its provider counts them.</param>
    /// <param name="took">From its call to its last byte.</param>
    internal void Measure(long tokens, TimeSpan took) => _throughput.Add(tokens, took);

    internal void Fail(BreakerPass pass, GatewayError error, TimeSpan took, in SelectionFacts request)
    {
        // Who refuses at once is not quick: only what was waited for in vain tells how long an answer takes.
        if (error.Kind is ErrorKind.Timeout or ErrorKind.Canceled)
        {
            Average(request.Stream).AddAtLeast(took, Now);
        }

        Over(pass, error, request, hasBegun: false);
    }

    internal void End(BreakerPass pass, GatewayError? error, in SelectionFacts request) =>
        Over(pass, error, request, hasBegun: true);

    private void Over(BreakerPass pass, GatewayError? error, in SelectionFacts request, bool hasBegun)
    {
        long now = Now;
        CallVerdict verdict = FailureRules.Verdict(error, request.BringsKey);
        if (error is null)
        {
            Set(ref _failures, 0);
        }
        else if (verdict == CallVerdict.Failed)
        {
            Note(error);
        }

        // A provider that sets limits is there; how long it is left alone is what it says.
        bool limits = error is { Kind: ErrorKind.RateLimit };
        _breaker.Over(pass, limits ? CallVerdict.Alive : verdict, request.Route.Breaker, now, hasBegun);
        Leave(now);
    }

    internal void Release(BreakerPass pass)
    {
        long now = Now;
        _breaker.Over(pass, CallVerdict.Unknown, policy: null, now);
        Leave(now);
    }

    /// <summary>Since when and until when its breaker is open by what was seen here, in milliseconds of the clock; null
    /// where it is not.</summary>
    internal (long OpenedAt, long Until)? OpenedHere => _breaker.OpenedHere(Now);

    /// <summary>Its breaker was open then, and has been closed here.</summary>
    internal bool IsBackSince(long moment) => _breaker.IsBackSince(moment);

    /// <summary>Another instance opened its breaker: what was seen here since counts more.</summary>
    internal void Tell(long openedAt, long until)
    {
        if (Volatile.Read(ref _lastAnswer) < openedAt)
        {
            _breaker.Tell(openedAt, until, Now);
        }
    }

    internal void Touch() => Set(ref _lastUsed, Now);

    /// <summary>Nothing is in flight, nobody asked for it in so long, and no cool-down is still to end.</summary>
    internal bool IsForgotten(TimeSpan after) =>
        InFlight == 0
        && Now - Volatile.Read(ref _lastUsed) > after.TotalMilliseconds
        && CoolsFor is null;

    private long Now => (long)_time.GetElapsedTime(0).TotalMilliseconds;

    private TimeSpan? CoolsFor
    {
        get
        {
            long until = Interlocked.Read(ref _coolUntil);
            long left = until == 0 ? 0 : until - _time.GetUtcNow().UtcTicks;
            return left > 0 ? TimeSpan.FromTicks(left) : null;
        }
    }

    private LatencyAverage Average(bool stream) => stream ? _firstContent : _wholeAnswer;

    private void Leave(long now)
    {
        Set(ref _lastUsed, now);
        Interlocked.Decrement(ref _inFlight);
    }

    /// <summary>
    /// Writes what is not there already. Many requests end in one millisecond, and processors that write to one place
    /// take it from one another each time.
    /// </summary>
    private static void Set<T>(ref T place, T value)
        where T : struct, IEquatable<T>
    {
        if (!place.Equals(value))
        {
            place = value;
        }
    }

    private void Note(GatewayError error)
    {
        DateTimeOffset now = _time.GetUtcNow();
        Interlocked.Increment(ref _failures);
        Volatile.Write(ref _lastFailure, new TargetFailure(error.Kind, error.Status, now));
        if (error.RetryAfter is { } wait)
        {
            DateTimeOffset until = now + (wait < LongestCoolDown ? wait : LongestCoolDown);
            Interlocked.Exchange(ref _coolUntil, until.UtcTicks);
        }
    }
}
