namespace Lightport.Limits.Leases;

/// <summary>
/// The slice of a counter that an instance has: what is free of it, and what its requests hold. Used with its counter's
/// lock held.
/// </summary>
internal sealed class Lease
{
    private LimitWindow _next;
    private long _nextFree;

    public LimitWindow Window { get; private set; }

    /// <summary>Below zero where more was used than was held, or where holds were let go out unasked.</summary>
    public long Free { get; private set; }

    /// <summary>By requests of this window and, where they still run, of earlier ones.</summary>
    public long Held { get; private set; }

    /// <summary>Begins a window; what was free in the one before it is of no use any more.</summary>
    public void Begin(LimitWindow window)
    {
        Window = window;
        Free = _next == window ? _nextFree : 0;
        (_next, _nextFree) = (default, 0);
    }

    /// <summary>Whether there is something for a window that has not begun.</summary>
    public bool HasNext(LimitWindow window) => _next == window;

    /// <summary>Takes in what the store gave.</summary>
    public void Add(LimitWindow window, long amount)
    {
        if (window == Window)
        {
            Free += amount;
        }
        else if (window.Start > Window.Start)
        {
            _nextFree = _next == window ? _nextFree + amount : amount;
            _next = window;
        }
    }

    /// <summary>Takes out what goes back to the store; below zero, what it is told was used beyond.</summary>
    public void Remove(long amount) => Free -= amount;

    public void Hold(long amount)
    {
        Free -= amount;
        Held += amount;
    }

    /// <summary>Ends a hold, or the part of one that is known not to be needed.</summary>
    /// <param name="window">The one that it was held of.</param>
    public void Settle(LimitWindow window, long held, long used)
    {
        Held -= held;

        // Of a window that is over nothing comes back; but what was used beyond what was held counts now.
        Free += window == Window ? held - used : Math.Min(0, held - used);
    }
}
