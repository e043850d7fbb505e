using Lightport.Conversation;
using Lightport.Routing;

namespace Lightport.Journey;

/// <summary>
/// One attempt's time: its token ends when a stage takes too long, the request's whole time is up, or the client goes.
/// </summary>
internal sealed class AttemptClock : IDisposable
{
    private readonly CancellationToken _outer;
    private readonly CancellationTokenSource _source;
    private readonly StageTimeouts _timeouts;
    private readonly TimeProvider _time;
    private long _lastByte;
    private bool _answering;

    public AttemptClock(StageTimeouts timeouts, TimeProvider time, CancellationToken outer)
    {
        (_timeouts, _time, _outer) = (timeouts, time, outer);
        _source = CancellationTokenSource.CreateLinkedTokenSource(outer);
        _source.CancelAfter(timeouts.FirstByte);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>The answer's first byte is here; from now on only silence counts.</summary>
    /// <param name="watched">
    /// Whether <see cref="CheckIdle"/> is called meanwhile; where it is not, the whole rest must come before silence
    /// would be too long.
    /// </param>
    public void MarkAnswering(bool watched)
    {
        _answering = true;
        MarkByte();
        _source.CancelAfter(watched ? Timeout.InfiniteTimeSpan : _timeouts.Idle);
    }

    public void MarkByte() => Volatile.Write(ref _lastByte, _time.GetTimestamp());

    /// <summary>
    /// Called now and then while an answer is read: ends it when the provider has been silent too long.
    /// </summary>
    public void CheckIdle()
    {
        if (_answering && _time.GetElapsedTime(Volatile.Read(ref _lastByte)) > _timeouts.Idle)
        {
            _source.Cancel();
        }
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
            ? (_timeouts.Idle, "fell silent in the middle of its answer for")
            : (_timeouts.FirstByte, "did not begin to answer within");
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

    public void Dispose() => _source.Dispose();
}
