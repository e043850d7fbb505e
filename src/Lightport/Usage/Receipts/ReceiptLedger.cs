using Lightport.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lightport.Usage.Receipts;

/// <summary>
/// Keeps what became of each admitted request: in memory until the next writing, which is some seconds later, and then
/// in a store. A request pays for its place in a list alone. There is an end to the list: where the store is away, or
/// does not keep up, the newest receipts are left out, and how many is told.
/// </summary>
public sealed partial class ReceiptLedger : IHostedLifecycleService, IUsageSink, IDisposable
{
    /// <summary>Each holds a kilobyte or so.</summary>
    internal const int MostPending = 20_000;

    private readonly IReceiptStore _store;
    private readonly ILogger<ReceiptLedger> _logger;
    private readonly WritingLoop _loop;
    private readonly Lock _lock = new();
    private List<UsageRecord> _pending = [];
    private IReadOnlyList<UsageRecord> _writing = [];
    private int _leftOut;
    private volatile string? _lastError;

    public ReceiptLedger(IReceiptStore store, TimeProvider clock, ILogger<ReceiptLedger> logger)
    {
        (_store, _logger) = (store, logger);
        _loop = new WritingLoop(WriteAsync, clock);
    }

    /// <summary>How many are not written yet.</summary>
    public int Pending
    {
        get
        {
            lock (_lock)
            {
                return _pending.Count + _writing.Count;
            }
        }
    }

    /// <summary>Why the last writing failed; null where it did not.</summary>
    public string? LastError => _lastError;

    /// <summary>Whoever was not admitted gets none: anybody can make up any number of such requests.</summary>
    public void Add(UsageRecord record)
    {
        if (record.Key is null)
        {
            return;
        }

        lock (_lock)
        {
            if (_pending.Count + _writing.Count < MostPending)
            {
                _pending.Add(record);
            }
            else
            {
                _leftOut++;
            }
        }
    }

    /// <summary>Null where there is none, or not any more.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public async ValueTask<StoredReceipt?> FindAsync(RequestId id, CancellationToken cancellationToken)
    {
        UsageRecord? here;
        lock (_lock)
        {
            here = _pending.Find(record => record.RequestId == id.Text)
                ?? _writing.FirstOrDefault(record => record.RequestId == id.Text);
        }

        return here is not null
            ? ReceiptMaker.Of(here)
            : await _store.FindAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes all that is new. A store that is away is told in the log; what it lacks is kept.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => _loop.FlushAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loop.Start();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _loop.BeginStop();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (!await _loop.EndAsync().ConfigureAwait(false))
        {
            ReceiptsNotWritten(_logger, _pending.Count, "the store did not answer before the end");
        }
    }

    public void Dispose() => _loop.Dispose();

    private async Task<TimeSpan> WriteAsync(CancellationToken cancellationToken)
    {
        List<UsageRecord> taken;
        int leftOut;
        lock (_lock)
        {
            (taken, leftOut, _leftOut) = (_pending, _leftOut, 0);
            (_pending, _writing) = ([], taken);
        }

        if (leftOut > 0)
        {
            ReceiptsNotWritten(_logger, leftOut, "more came than could be held until the next writing");
        }

        bool written = false;
        try
        {
            if (taken.Count > 0)
            {
                await _store
                    .WriteAsync([.. taken.Select(ReceiptMaker.Of).OfType<StoredReceipt>()], cancellationToken)
                    .ConfigureAwait(false);
                _lastError = null;
            }

            written = true;
        }
        catch (StoreException e)
        {
            if (_lastError != e.Message)
            {
                _lastError = e.Message;
                ReceiptsNotWritten(_logger, taken.Count, e.Message);
            }
        }
        finally
        {
            lock (_lock)
            {
                _writing = [];
                if (!written)
                {
                    taken.AddRange(_pending);
                    _pending = taken;
                }
            }
        }

        return TimeSpan.Zero;
    }

    [LoggerMessage(209, LogLevel.Warning, "{Receipts} receipts were not written: {Reason}")]
    private static partial void ReceiptsNotWritten(ILogger logger, int receipts, string reason);
}
