using System.Buffers;
using System.Security.Cryptography;
using System.Threading.Channels;
using Lightport.Conversation;
using Lightport.Usage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lightport.Audit;

/// <summary>
/// Writes down who did what. Requests leave their event in a bounded queue and wait for nothing; one writer makes
/// records of them and keeps them. While the place for them is away, the queue fills, and what happens then is the
/// settings' choice: events that find no room are counted, and the count is a record; or requests are refused before.
/// </summary>
/// <param name="settings">Those in force.</param>
/// <param name="version">This process's.</param>
internal sealed partial class AuditStream(
    Func<AuditSettings> settings, AuditSinks sinks, string version, TimeProvider clock, ILogger<AuditStream> logger)
    : IHostedLifecycleService, IDisposable
{
    internal const int Capacity = 16_384;

    /// <summary>Requests are refused from here on, so that those that run find room for their own.</summary>
    private const int Crowd = Capacity / 2;

    private const int Batch = 512;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>What the last writing may take.</summary>
    private static readonly TimeSpan LastWriting = TimeSpan.FromSeconds(3);

    private static readonly GatewayError Unwritten = new(
        ErrorStage.Admission,
        ErrorKind.Overloaded,
        503,
        "The gateway cannot write its audit just now, and serves nothing that it cannot write down. Try again shortly.")
    {
        Code = "audit_unavailable",
        Headers = [new("Retry-After", "5")],
    };

    private readonly Channel<AuditEvent> _queue = Channel.CreateBounded<AuditEvent>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly CancellationTokenSource _ending = new();
    private CancellationToken _over;
    private AuditSettings _opened = AuditSettings.Off;
    private IAuditSink? _sink;
    private AuditChain? _chain;
    private Task _running = Task.CompletedTask;
    private volatile string? _lastError;
    private long _lost;
    private long _lostTold;
    private bool _disposed;

    /// <summary>Whether the settings in force name a place for records.</summary>
    public bool IsOn => settings().To != AuditPlace.Nowhere;

    /// <summary>Why the last writing failed; null where it did not.</summary>
    public string? LastError => _lastError;

    /// <summary>How many events wait for the writer.</summary>
    public int Pending => _queue.Reader.Count;

    /// <summary>How many found no room.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Why a request may not be served now; null where it may.</summary>
    public GatewayError? Refusal =>
        settings() is { IsClosed: true, To: not AuditPlace.Nowhere } && (_lastError is not null || Pending >= Crowd)
            ? Unwritten
            : null;

    /// <summary>A client's request is over.</summary>
    /// <param name="body">What it said; looked at only where content is wanted.</param>
    public void Take(UsageRecord record, ReadOnlyMemory<byte> body)
    {
        AuditSettings inForce = settings();
        if (inForce.To != AuditPlace.Nowhere)
        {
            Take(new RequestAudited(
                record.EndedAt, record, inForce.HasContent ? AuditContent.Of(body.Span) : null));
        }
    }

    /// <summary>A tool of an MCP server has been called for a client.</summary>
    public void Take(ToolAudited run)
    {
        if (IsOn)
        {
            Take((AuditEvent)run);
        }
    }

    /// <summary>Somebody was at a management door.</summary>
    public void Take(
        string requestId, string door, string? author, int status, string? changed = null, string? refusedBy = null)
    {
        if (IsOn)
        {
            Take(new ManagementAudited(clock.GetUtcNow(), requestId, door, author, status, changed, refusedBy));
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _over = _ending.Token;
        _running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>When the doors are shut: what the last requests did is written, and that this was the end.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        _ending.CancelAfter(LastWriting);
        await _running.ConfigureAwait(false);
    }

    /// <summary>Called for each of the services that it is.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _queue.Writer.TryComplete();
        _ending.Cancel();
        _ending.Dispose();
        _sink?.Dispose();
    }

    private void Take(AuditEvent audited)
    {
        if (!_queue.Writer.TryWrite(audited))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            do
            {
                await FollowAsync().ConfigureAwait(false);
                await WriteQueuedAsync().ConfigureAwait(false);
            }
            while (await _queue.Reader.WaitToReadAsync(_over).ConfigureAwait(false));
            await CloseAsync(byConfiguration: !IsOpen(settings())).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            NotAudited(logger, Pending, $"the process ended before they could be: {_lastError}");
        }
    }

    /// <summary>Opens the place that the settings in force name, where another one is open.</summary>
    private async Task FollowAsync()
    {
        while (settings() is { } wanted && !IsOpen(wanted))
        {
            await CloseAsync(byConfiguration: true).ConfigureAwait(false);
            if (wanted.To == AuditPlace.Nowhere)
            {
                _opened = wanted;
                return;
            }

            try
            {
                _sink = sinks.Open(wanted);
            }
            catch (IOException e)
            {
                await WaitAsync(e.Message).ConfigureAwait(false);
                continue;
            }

            _opened = wanted;
            _chain = new AuditChain(
                Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)), _sink.LastHash ?? _sink.MissingHash);
            _chain.Append(new AuditBegun(clock.GetUtcNow(), version) { Missing = _sink.MissingHash }, _lines);
            if (_sink.MissingHash is { } missing)
            {
                RecordsMissing(logger, missing);
            }

            await WriteAsync().ConfigureAwait(false);
        }
    }

    private bool IsOpen(AuditSettings wanted) =>
        wanted.To == _opened.To && wanted.Folder == _opened.Folder && wanted.Container == _opened.Container;

    private async Task WriteQueuedAsync()
    {
        while (_queue.Reader.TryPeek(out _))
        {
            AppendBatch();
            await WriteAsync().ConfigureAwait(false);
            await FollowAsync().ConfigureAwait(false);
        }
    }

    private void AppendBatch()
    {
        long lost = Lost;
        if (_chain is not null && lost > _lostTold)
        {
            _chain.Append(new AuditsLost(clock.GetUtcNow(), lost - _lostTold), _lines);
            _lostTold = lost;
        }

        for (int i = 0; i < Batch && _queue.Reader.TryRead(out AuditEvent? audited); i++)
        {
            _chain?.Append(audited, _lines);
        }
    }

    /// <summary>
    /// Keeps on until what is made is kept, for its hashes are in those that follow; or until it is to go elsewhere.
    /// </summary>
    private async Task WriteAsync()
    {
        while (_lines.WrittenCount > 0 && _sink is not null)
        {
            try
            {
                await _sink.WriteAsync(_lines.WrittenMemory, _chain!.Last, _over).ConfigureAwait(false);
                _lines.ResetWrittenCount();
                if (_lastError is not null)
                {
                    _lastError = null;
                    AuditedAgain(logger);
                }
            }
            catch (IOException e)
            {
                await WaitAsync(e.Message).ConfigureAwait(false);
                if (!IsOpen(settings()))
                {
                    _lines.ResetWrittenCount();
                    _sink.Dispose();
                    (_sink, _chain) = (null, null);
                }
            }
        }
    }

    private async Task WaitAsync(string reason)
    {
        Task pause = Task.Delay(Pause, clock, _over);
        if (_lastError != reason)
        {
            _lastError = reason;
            NotAudited(logger, Pending, reason);
        }

        await pause.ConfigureAwait(false);
    }

    private async Task CloseAsync(bool byConfiguration)
    {
        if (_chain is null)
        {
            return;
        }

        // What was done up to now goes where it was to go then.
        AppendBatch();
        _chain.Append(new AuditEnded(clock.GetUtcNow(), byConfiguration), _lines);
        await WriteAsync().ConfigureAwait(false);
        _sink?.Dispose();
        (_sink, _chain) = (null, null);
    }

    [LoggerMessage(702, LogLevel.Error, "The audit cannot be written, {Waiting} records wait: {Reason}")]
    private static partial void NotAudited(ILogger logger, int waiting, string reason);

    [LoggerMessage(704, LogLevel.Error, "Audit records are missing: the last that was written, {Hash}, is not there")]
    private static partial void RecordsMissing(ILogger logger, string hash);

    [LoggerMessage(703, LogLevel.Information, "The audit is written again")]
    private static partial void AuditedAgain(ILogger logger);
}
