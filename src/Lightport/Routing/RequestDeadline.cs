using Lightport.Conversation;

namespace Lightport.Routing;

/// <summary>
/// The time that one request has, all attempts and the answer's stream together, joined with the client's own cancel,
/// with the end of a stopping process and with the host's own time. Whoever makes it keeps it until the answer's last
/// byte.
/// </summary>
internal sealed class RequestDeadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private readonly CancellationTokenRegistration _endRegistration;
    private readonly CancellationTokenRegistration _hostEndRegistration;
    private readonly CancellationToken _client;
    private readonly CancellationToken _end;
    private readonly CancellationToken _hostEnd;
    private readonly TimeProvider _time;
    private readonly TimeSpan _length;
    private readonly bool _isHosts;
    private readonly long _started;

    /// <param name="total">What the route leaves the request.</param>
    /// <param name="host">What the host leaves it; null where it may take any time.</param>
    /// <param name="client">The client's own cancel.</param>
    /// <param name="end">The process stops, and will not wait any longer.</param>
    /// <param name="hostEnd">The host gives this request no more time.</param>
    public RequestDeadline(
        TimeSpan total,
        TimeProvider time,
        TimeSpan? host,
        CancellationToken client,
        CancellationToken end = default,
        CancellationToken hostEnd = default)
    {
        (_time, _client, _end, _hostEnd, _started) = (time, client, end, hostEnd, time.GetTimestamp());
        _isHosts = host < total;
        _length = _isHosts ? host!.Value : total;
        _source = new CancellationTokenSource(_length, time);
        _registration = client.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        _endRegistration = end.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        _hostEndRegistration =
            hostEnd.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        Token = _source.Token;
    }

    /// <summary>The host's own time for a request was shorter than the route's.</summary>
    public static GatewayError HostTimeout { get; } = new(
        ErrorStage.Upstream,
        ErrorKind.Timeout,
        504,
        "The request took longer than the gateway's host gives any (functionTimeout in host.json on Azure Functions).")
    {
        Code = "timeout",
        Retryable = true,
    };

    /// <summary>Cancelled when the client went away or the time is up.</summary>
    public CancellationToken Token { get; }

    /// <summary>The time is up, and the client is still there.</summary>
    public bool Expired => Token.IsCancellationRequested && !_client.IsCancellationRequested;

    /// <summary>Never negative.</summary>
    public TimeSpan Remaining =>
        _time.GetElapsedTime(_started) is var gone && gone < _length ? _length - gone : TimeSpan.Zero;

    /// <summary>
    /// Why <see cref="Token"/> was cancelled: 504 where the time is up, 503 where the gateway stops, 499 where the
    /// client went away.
    /// </summary>
    public GatewayError Error => true switch
    {
        _ when !Expired =>
            new GatewayError(ErrorStage.Upstream, ErrorKind.Canceled, 499, "The client closed the request.")
            {
                Code = "canceled",
            },
        _ when _end.IsCancellationRequested =>
            new GatewayError(
                ErrorStage.Upstream,
                ErrorKind.Overloaded,
                503,
                "The gateway is stopping and could not wait for this answer. Send the request again.")
            {
                Code = "shutting_down",
                Retryable = true,
            },
        _ when _hostEnd.IsCancellationRequested => HostTimeout,
        _ => new GatewayError(
            ErrorStage.Upstream,
            ErrorKind.Timeout,
            504,
            _isHosts
                ? $"The answer was not there within {_length.TotalSeconds:0.###} seconds, and a connection that is "
                    + "silent for longer is cut off here. Ask for a stream, which is kept alive."
                : $"The request took longer than the {_length.TotalSeconds:0.###} seconds it may "
                    + "(its route's timeout.total).")
        {
            Code = "timeout",
            Retryable = true,
        },
    };

    public void Dispose()
    {
        // In this order: disposing a registration waits for a callback that is using the source.
        _registration.Dispose();
        _endRegistration.Dispose();
        _hostEndRegistration.Dispose();
        _source.Dispose();
    }
}
