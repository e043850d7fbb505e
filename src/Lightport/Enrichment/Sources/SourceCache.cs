namespace Lightport.Enrichment.Sources;

/// <summary>
/// Remembers what sources said, for as long as each allows. Requests that want the same at once share one reading, and
/// what failed is asked for anew. Where there is no room, what ends soonest goes, of the source that has most: one that
/// is asked ever other things pushes out no other's answers.
/// </summary>
/// <param name="most">Answers.</param>
/// <param name="longest">In characters: all answers together.</param>
internal sealed class SourceCache(
    TimeProvider clock, int most = SourceCache.Most, int longest = SourceCache.Longest)
{
    private const int Most = 1_000;
    private const int Longest = 32 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<SourceQuestion, Known> _known = [];
    private long _length;

    /// <param name="read">Reads it; is not told when a single request is over, as others may wait for it.</param>
    /// <exception cref="SourceException">It could not be read.</exception>
    public Task<string> GetAsync(
        SourceQuestion question, Func<Task<string>> read, CancellationToken cancellationToken)
    {
        Task<string> reading;
        Known? begun = null;
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (_known.TryGetValue(question, out Known? known) && known.Until > now && !known.Reading.IsFaulted)
            {
                reading = known.Reading;
            }
            else
            {
                Remove(question);
                MakeRoom(now);
                reading = read();
                begun = new Known(reading, now + question.Source.Cache);
                _known.Add(question, begun);
            }
        }

        if (begun is not null)
        {
            _ = TakeLengthAsync(question, begun);
        }

        return reading.IsCompleted ? reading : reading.WaitAsync(cancellationToken);
    }

    /// <summary>How long an answer is, is known when it has come.</summary>
    private async Task TakeLengthAsync(SourceQuestion question, Known known)
    {
        await ((Task)known.Reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            if (!ReferenceEquals(_known.GetValueOrDefault(question), known))
            {
                return;
            }

            if (!known.Reading.IsCompletedSuccessfully)
            {
                Remove(question);
                return;
            }

            known.Length = known.Reading.Result.Length;
            _length += known.Length;
            while (_length > longest)
            {
                RemoveOne();
            }
        }
    }

    private void MakeRoom(DateTimeOffset now)
    {
        if (_known.Count < most)
        {
            return;
        }

        foreach (SourceQuestion over in _known.Where(known => known.Value.Until <= now).Select(known => known.Key))
        {
            Remove(over);
        }

        while (_known.Count >= most)
        {
            RemoveOne();
        }
    }

    private void RemoveOne() => Remove(_known
        .GroupBy(known => known.Key.Source.Name)
        .MaxBy(source => source.Sum(known => (1.0 / most) + ((double)known.Value.Length / longest)))!
        .MinBy(known => known.Value.Until).Key);

    private void Remove(SourceQuestion question)
    {
        if (_known.Remove(question, out Known? known))
        {
            _length -= known.Length;
        }
    }

    private sealed class Known(Task<string> reading, DateTimeOffset until)
    {
        public Task<string> Reading => reading;

        public DateTimeOffset Until => until;

        /// <summary>In characters; zero until it has come.</summary>
        public int Length { get; set; }
    }
}
