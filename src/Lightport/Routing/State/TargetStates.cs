using System.Collections.Concurrent;

namespace Lightport.Routing.State;

/// <summary>
/// The state of every target that was asked of late. It is kept by what a target is, not by the object that says so: a
/// new configuration makes new objects, and what was learned of a target stays true.
/// </summary>
/// <remarks>
/// Bounded, because clients choose models: a state that nobody asked for in an hour goes, and where there are too many
/// all the same, a new target's state is forgotten after its call.
/// </remarks>
/// <param name="time">Measures, and tells the moments of failures.</param>
/// <param name="random">
/// Numbers from 0 up to 1, by which the breakers of several instances come back at different moments; null where there
/// is one instance only.
/// </param>
public sealed class TargetStates(TimeProvider time, Func<double>? random = null)
{
    internal const int Capacity = 4096;

    internal static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>How long a state is kept where there are too many.</summary>
    internal static readonly TimeSpan KeptInACrowd = TimeSpan.FromMinutes(1);

    /// <summary>The longest that another instance is believed.</summary>
    private static readonly TimeSpan LongestTold = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<TargetKey, TargetState> _states = new();
    private readonly DateTimeOffset _origin = time.GetUtcNow() - time.GetElapsedTime(0);
    private long _lastSweep = time.GetTimestamp();
    private int _count;

    /// <summary>Those that are kept, in any order.</summary>
    public IEnumerable<KeyValuePair<TargetKey, TargetState>> All => _states;

    /// <summary>The state of this target, which is kept from now on.</summary>
    public TargetState Of(Target target)
    {
        TargetKey key = TargetKey.Of(target);
        TargetState state = _states.TryGetValue(key, out TargetState? known) ? known : Add(key);
        state.Touch();
        return state;
    }

    /// <summary>The state of this target, where there is one; looking does not keep it.</summary>
    public TargetState? Find(Target target) => _states.GetValueOrDefault(TargetKey.Of(target));

    /// <summary>Its provider has asked to be left alone, and the time is not over.</summary>
    public bool IsCooling(Target target) => Find(target)?.CoolUntil > time.GetUtcNow();

    /// <summary>The breakers that are open by what was seen here.</summary>
    internal IEnumerable<OpenBreaker> OpenedHere()
    {
        foreach ((TargetKey target, TargetState state) in _states)
        {
            if (state.OpenedHere is { } open)
            {
                yield return new OpenBreaker(target, Moment(open.OpenedAt), Moment(open.Until));
            }
        }
    }

    /// <summary>Another instance has found that a target fails.</summary>
    internal void Tell(OpenBreaker open)
    {
        TargetState state = _states.TryGetValue(open.Target, out TargetState? known) ? known : Add(open.Target);
        state.Touch();
        DateTimeOffset latest = time.GetUtcNow() + LongestTold;
        state.Tell(Milliseconds(open.OpenedAt), Milliseconds(open.Until < latest ? open.Until : latest));
    }

    /// <summary>The target was found to be back, after it was said that it fails.</summary>
    internal bool IsBack(OpenBreaker open) =>
        _states.TryGetValue(open.Target, out TargetState? state) && state.IsBackSince(Milliseconds(open.OpenedAt));

    private DateTimeOffset Moment(long milliseconds) => _origin + TimeSpan.FromMilliseconds(milliseconds);

    private long Milliseconds(DateTimeOffset moment) => (long)(moment - _origin).TotalMilliseconds;

    private TargetState Add(TargetKey key)
    {
        SweepNowAndThen();
        var state = new TargetState(time, random ?? (static () => 0));
        if (Volatile.Read(ref _count) >= Capacity)
        {
            return state;
        }

        TargetState kept = _states.GetOrAdd(key, state);
        if (kept == state)
        {
            Interlocked.Increment(ref _count);
        }

        return kept;
    }

    /// <summary>
    /// Only a new target makes there be more, so only then old ones go, and once in a minute at most. A state that is
    /// asked for in the very moment in which it goes serves that call, and is forgotten after it.
    /// </summary>
    private void SweepNowAndThen()
    {
        long last = Volatile.Read(ref _lastSweep);
        if (time.GetElapsedTime(last) < KeptInACrowd
            || Interlocked.CompareExchange(ref _lastSweep, time.GetTimestamp(), last) != last)
        {
            return;
        }

        TimeSpan age = Volatile.Read(ref _count) < Capacity ? Kept : KeptInACrowd;
        foreach (KeyValuePair<TargetKey, TargetState> entry in _states)
        {
            if (entry.Value.IsForgotten(age) && _states.TryRemove(entry))
            {
                Interlocked.Decrement(ref _count);
            }
        }
    }
}
