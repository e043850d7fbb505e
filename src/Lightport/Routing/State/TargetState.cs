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

    private readonly TimeProvider _time;
    private readonly LatencyAverage _firstContent = new();
    private readonly LatencyAverage _wholeAnswer = new();
    private int _inFlight;
    private int _failures;
    private TargetFailure? _lastFailure;
    private long _coolUntil;
    private long _lastUsed;

    internal TargetState(TimeProvider time) => _time = time;

    /// <summary>Calls that have begun and whose answer's last byte has not come yet.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Calls that have failed since one ended well; what was the request's own fault does not count.</summary>
    public int ConsecutiveFailures => Volatile.Read(ref _failures);

    /// <summary>Null where none has failed.</summary>
    public TargetFailure? LastFailure => Volatile.Read(ref _lastFailure);

    /// <summary>Until when the provider asked last to be left alone; null where it never did.</summary>
    public DateTimeOffset? CoolUntil =>
        Interlocked.Read(ref _coolUntil) is not 0 and long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>
    /// How long the answer takes to begin: to a stream's first content, or until all of it is there; the two are far
    /// apart, so each has an average of its own. Null where nothing was measured.
    /// </summary>
    public TimeSpan? Latency(bool stream) => Average(stream).Value;

    internal void Begin() => Interlocked.Increment(ref _inFlight);

    /// <summary>The call has succeeded; from now on its answer is on its way, up to <see cref="End"/>.</summary>
    internal void Answer(TimeSpan took, bool stream) => Average(stream).Add(took, Now);

    /// <summary>The call has come to nothing before its answer began.</summary>
    internal void Fail(GatewayError error, TimeSpan took, in SelectionFacts request)
    {
        // Who refuses at once is not quick: only what was waited for in vain tells how long an answer takes.
        if (error.Kind is ErrorKind.Timeout or ErrorKind.Canceled)
        {
            Average(request.Stream).AddAtLeast(took, Now);
        }

        End(error, request.BringsKey);
    }

    /// <summary>The call is over; called once for each that began.</summary>
    /// <param name="error">How it failed; null where its answer came whole.</param>
    /// <param name="bringsKey">The client's own key was sent: its limits say nothing of the target.</param>
    public void End(GatewayError? error, bool bringsKey)
    {
        if (error is null)
        {
            Volatile.Write(ref _failures, 0);
        }
        else if (FailureRules.IsTargets(error, bringsKey))
        {
            Note(error);
        }

        Release();
    }

    /// <summary>The call is over, and it was the gateway itself that failed.</summary>
    internal void Release()
    {
        Touch();
        Interlocked.Decrement(ref _inFlight);
    }

    internal void Touch() => Volatile.Write(ref _lastUsed, Now);

    /// <summary>Nothing is in flight, nobody asked for it in so long, and no cool-down is still to end.</summary>
    internal bool IsForgotten(TimeSpan after) =>
        InFlight == 0
        && Now - Volatile.Read(ref _lastUsed) > after.TotalMilliseconds
        && !(CoolUntil > _time.GetUtcNow());

    private long Now => (long)_time.GetElapsedTime(0).TotalMilliseconds;

    private LatencyAverage Average(bool stream) => stream ? _firstContent : _wholeAnswer;

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
