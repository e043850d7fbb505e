using Lightport.Conversation;
using Lightport.Routing;
using Lightport.Transport;

namespace Lightport.Exchanges;

/// <summary>
/// One attempt's time: its token ends when a stage takes too long, the request's whole time is up, or the client goes.
/// One timer, set anew only when it fires: neither the answer's beginning nor a byte costs more than noting the time.
/// </summary>
internal sealed class AttemptClock : IByteWatch, IDisposable
{
    private readonly CancellationToken _outer;
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _registration;
    private readonly TimeSpan _begin;
    private readonly TimeSpan _idle;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private TimeSpan _leftToBegin;
    private long _lastByte;
    private volatile bool _answering;
    private volatile bool _paused;

    /// <param name="begin">The longest until the answer begins.</param>
    /// <param name="idle">The longest silence inside it.</param>
    public AttemptClock(TimeSpan begin, TimeSpan idle, TimeProvider time, CancellationToken outer)
    {
        (_begin, _idle, _time, _outer) = (begin, idle, time, outer);
        _registration = outer.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);

        // Silence cannot end the attempt any sooner than this, whenever the answer begins.
        TimeSpan first = begin < idle ? begin : idle;
        _leftToBegin = begin - first;
        _timer = time.CreateTimer(
            static state => ((AttemptClock)state!).OnTimer(), this, first, Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>The answer has begun; from now on only silence counts.</summary>
    public void MarkAnswering()
    {
        MarkByte();
        _answering = true;
    }

    public void MarkByte() => Volatile.Write(ref _lastByte, _time.GetTimestamp());

    /// <summary>It is the client that is waited for: its slowness is not the provider's silence.</summary>
    public void Pause() => _paused = true;

    /// <summary>It is the provider that is waited for again.</summary>
    public void Resume()
    {
        MarkByte();
        _paused = false;
    }

    /// <summary>
    /// Why the token has ended, as an error; null where it was the client or the whole request's time.
    /// </summary>
    public GatewayError? TimeoutError(string provider)
    {
        if (_outer.IsCancellationRequested || !_source.IsCancellationRequested)
        {
            return null;
        }

        (TimeSpan limit, string what) = _answering
            ? (_idle, "fell silent in the middle of its answer for")
            : (_begin, "did not begin to answer within");
        return new GatewayError(
            _answering ? ErrorStage.Stream : ErrorStage.FirstByte,
            ErrorKind.Timeout,
            504,
            $"{provider} {what} {limit.TotalSeconds:0.###} s.")
        {
            Code = "timeout",
            Provider = provider,
            Retryable = true,
        };
    }

    /// <summary>The source stays, for a timer that fires meanwhile must find it; it holds nothing of its own.</summary>
    public void Dispose()
    {
        _registration.Dispose();
        _timer.Dispose();
    }

    private void OnTimer()
    {
        if (!_answering && _leftToBegin > TimeSpan.Zero)
        {
            TimeSpan next = _leftToBegin < _idle ? _leftToBegin : _idle;
            _leftToBegin -= next;
            _timer.Change(next, Timeout.InfiniteTimeSpan);
            return;
        }

        TimeSpan silent = !_answering ? _idle
            : _paused ? TimeSpan.Zero
            : _time.GetElapsedTime(Volatile.Read(ref _lastByte));
        if (silent >= _idle)
        {
            _source.Cancel();
        }
        else
        {
            _timer.Change(_idle - silent, Timeout.InfiniteTimeSpan);
        }
    }
}
