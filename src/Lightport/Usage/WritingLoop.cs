namespace Lightport.Usage;

/// <summary>
/// Writes every so often what has been gathered, at the first word of a stop, and last of all; one writing at a time.
/// </summary>
/// <param name="write">Writes, and says how long the next writing must wait at least.</param>
internal sealed class WritingLoop(Func<CancellationToken, Task<TimeSpan>> write, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>What the last writing may take, with the host's own patience or without.</summary>
    private static readonly TimeSpan LastWriting = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenSource _ending = new();
    private Task _running = Task.CompletedTask;
    private Task _firstOfStop = Task.CompletedTask;
    private TimeSpan _pause = Interval;
    private bool _disposed;

    public void Start() => _running = RunAsync();

    /// <summary>
    /// Where the host will not wait for the end, all that is known by now is written. The stop goes on meanwhile.
    /// </summary>
    public void BeginStop() => _firstOfStop = FlushAsync(_ending.Token);

    /// <summary>
    /// When the doors are shut: what the last requests left is written too. A client that would not end has used up the
    /// host's patience by now; this writing has a time of its own.
    /// </summary>
    /// <returns>False where that time was not enough.</returns>
    public async Task<bool> EndAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        await _firstOfStop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var patience = new CancellationTokenSource(LastWriting, clock);
        try
        {
            await FlushAsync(patience.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            TimeSpan wanted = await write(cancellationToken).ConfigureAwait(false);
            _pause = wanted > Interval ? wanted : Interval;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>May be called for each of the services that its owner is.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _ending.Cancel();
            _ending.Dispose();
            _writing.Dispose();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_pause, clock, _ending.Token).ConfigureAwait(false);
                await FlushAsync(_ending.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // The host stops; EndAsync writes what is left.
        }
    }
}
