using System.Globalization;

namespace Lightport.Storage;

/// <summary>What was taken of limits, for one process and as long as it runs.</summary>
internal sealed class MemoryLimitStore(TimeProvider clock) : ILimitStore
{
    /// <summary>
    /// Rows of windows that are over are looked for when there are so many, and when there are twice as many.
    /// </summary>
    private const int FirstSweep = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Counter, string Window, int Number), (LimitRow Row, DateTimeOffset? EndsAt)>
        _rows = [];

    private int _sweepAt = FirstSweep;
    private long _writes;

    public bool IsNear => true;

    public ValueTask<LimitReading> ReadAsync(LimitPlace place, int number, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return new(Reading([Find(place, number) ?? new LimitRow(number)]));
        }
    }

    public ValueTask<LimitReading> ReadAllAsync(LimitPlace place, CancellationToken cancellationToken)
    {
        var rows = new List<LimitRow>();
        lock (_lock)
        {
            for (int number = 0; number < LimitRow.MostRows; number++)
            {
                if (Find(place, number) is { } row)
                {
                    rows.Add(row);
                }
            }

            return new(Reading(rows));
        }
    }

    public ValueTask<bool> WriteAsync(LimitPlace place, LimitRow row, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (Find(place, row.Number)?.Mark != row.Mark)
            {
                return new(false);
            }

            ForgetWhatIsOver();
            string mark = (++_writes).ToString(CultureInfo.InvariantCulture);
            _rows[(place.Counter, place.Window, row.Number)] = (row with { Mark = mark }, place.EndsAt);
            return new(true);
        }
    }

    private LimitRow? Find(LimitPlace place, int number) =>
        _rows.TryGetValue((place.Counter, place.Window, number), out var found) ? found.Row : null;

    private LimitReading Reading(IReadOnlyList<LimitRow> rows) => new(rows, clock.GetUtcNow(), TimeSpan.Zero);

    private void ForgetWhatIsOver()
    {
        if (_rows.Count < _sweepAt)
        {
            return;
        }

        DateTimeOffset now = clock.GetUtcNow();
        foreach (var key in _rows.Where(row => row.Value.EndsAt < now).Select(row => row.Key).ToArray())
        {
            _rows.Remove(key);
        }

        _sweepAt = Math.Max(FirstSweep, _rows.Count * 2);
    }
}
