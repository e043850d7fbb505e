using Lightport.Storage;

namespace Lightport.Tests.Limits.Leases;

/// <summary>
/// A store in memory that counts what it is asked, and does what a test wants done before it answers.
/// </summary>
internal sealed class ScriptedLimitStore(TimeProvider clock) : ILimitStore
{
    private readonly MemoryLimitStore _inner = new(clock);

    /// <summary>Whether it may be asked as often as anybody likes.</summary>
    public bool IsNear { get; set; }

    /// <summary>Calls of every kind, those that failed included.</summary>
    public int Operations { get; private set; }

    /// <summary>Runs before each call; throws what the call shall fail with.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    /// <summary>Runs after each write that was made: what it throws is all that its caller hears.</summary>
    public Action AfterWrite { get; set; } = () => { };

    /// <summary>Whether a write that was made is told to have been.</summary>
    public bool Heard { get; set; } = true;

    /// <summary>What the store's time is ahead of this machine's, and how much finer it could tell it.</summary>
    public TimeSpan Ahead { get; set; }

    public async ValueTask<LimitReading> ReadAsync(LimitPlace place, int number, CancellationToken cancellationToken)
    {
        await BeginAsync();
        return Told(await _inner.ReadAsync(place, number, cancellationToken));
    }

    public async ValueTask<LimitReading> ReadAllAsync(LimitPlace place, CancellationToken cancellationToken)
    {
        await BeginAsync();
        return Told(await _inner.ReadAllAsync(place, cancellationToken));
    }

    public async ValueTask<bool> WriteAsync(LimitPlace place, LimitRow row, CancellationToken cancellationToken)
    {
        await BeginAsync();
        bool written = await _inner.WriteAsync(place, row, cancellationToken);
        AfterWrite();
        return written && Heard;
    }

    private Task BeginAsync()
    {
        Operations++;
        return Before();
    }

    private LimitReading Told(LimitReading reading) => reading with { At = reading.At + Ahead };
}
