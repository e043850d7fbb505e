using Lightport.Conversation;

namespace Lightport.Routing;

/// <summary>
/// The time that one request has, all attempts and the answer's stream together, joined with the client's own cancel.
/// Whoever makes it keeps it until the answer's last byte.
/// </summary>
public sealed class RequestDeadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private readonly CancellationToken _client;
    private readonly TimeProvider _time;
    private readonly TimeSpan _total;
    private readonly long _started;

    public RequestDeadline(TimeSpan total, TimeProvider time, CancellationToken client)
    {
        (_total, _time, _client, _started) = (total, time, client, time.GetTimestamp());
        _source = new CancellationTokenSource(total, time);
        _registration = client.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        Token = _source.Token;
    }

    /// <summary>Cancelled when the client went away or the time is up.</summary>
    public CancellationToken Token { get; }

    /// <summary>The time is up, and the client is still there.</summary>
    public bool Expired => Token.IsCancellationRequested && !_client.IsCancellationRequested;

    /// <summary>Never negative.</summary>
    public TimeSpan Remaining =>
        _time.GetElapsedTime(_started) is var gone && gone < _total ? _total - gone : TimeSpan.Zero;

    /// <summary>
    /// Why <see cref="Token"/> was cancelled: 504 where the time is up, 499 where the client went away.
    /// </summary>
    public GatewayError Error => Expired
        ? new GatewayError(
            ErrorStage.Upstream,
            ErrorKind.Timeout,
            504,
            $"The request took longer than the {_total.TotalSeconds:0.###} seconds it may (its route's timeout.total).")
        {
            Code = "timeout",
            Retryable = true,
        }
        : new GatewayError(ErrorStage.Upstream, ErrorKind.Canceled, 499, "The client closed the request.")
        {
            Code = "canceled",
        };

    public void Dispose()
    {
        // In this order: disposing the registration waits for a callback that is using the source.
        _registration.Dispose();
        _source.Dispose();
    }
}
