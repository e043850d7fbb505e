namespace Lightport.Enrichment.Sources;

/// <summary>
/// Remembers what sources said, for as long as each allows. Requests that want the same at once share one reading, and
/// what failed is asked for anew.
/// </summary>
internal sealed class SourceCache(TimeProvider clock, int most = SourceCache.Most)
{
    private const int Most = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<SourceQuestion, Known> _known = [];

    /// <param name="read">Reads it; is not told when a single request is over, as others may wait for it.</param>
    /// <exception cref="SourceException">It could not be read.</exception>
    public Task<string> GetAsync(
        SourceQuestion question, Func<Task<string>> read, CancellationToken cancellationToken)
    {
        Task<string> reading;
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (_known.TryGetValue(question, out Known? known) && known.Until > now && !known.Reading.IsFaulted)
            {
                reading = known.Reading;
            }
            else
            {
                MakeRoom(now);
                reading = read();
                _known[question] = new Known(reading, now + question.Source.Cache);
            }
        }

        return reading.IsCompleted ? reading : reading.WaitAsync(cancellationToken);
    }

    private void MakeRoom(DateTimeOffset now)
    {
        if (_known.Count < most)
        {
            return;
        }

        foreach (SourceQuestion over in _known.Where(known => known.Value.Until <= now).Select(known => known.Key))
        {
            _known.Remove(over);
        }

        while (_known.Count >= most)
        {
            _known.Remove(_known.MinBy(known => known.Value.Until).Key);
        }
    }

    private sealed record Known(Task<string> Reading, DateTimeOffset Until);
}
