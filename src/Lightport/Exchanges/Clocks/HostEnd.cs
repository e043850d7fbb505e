namespace Lightport.Exchanges;

/// <summary>
/// The host's own word that a request must end (a function's timeout), told apart from the client's going. A host tells
/// both by one token, and news of the client may come by it first: so it waits a moment for the connection's own.
/// </summary>
internal sealed class HostEnd : IDisposable
{
    /// <summary>By how much the connection's end may lag behind the host's word of it.</summary>
    private static readonly TimeSpan NewsOfTheClient = TimeSpan.FromSeconds(1);

    /// <summary>What an error event takes to reach the client; the Functions host ends the process after ten.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(4);

    // Never disposed, for a timer under way may still cancel them; without timers of their own they hold nothing.
    private readonly CancellationTokenSource _told = new();
    private readonly CancellationTokenSource _over = new();
    private readonly TimeProvider _clock;
    private readonly CancellationTokenRegistration _client;
    private readonly CancellationTokenRegistration _host;
    private ITimer? _timer;

    /// <param name="client">The client's connection.</param>
    /// <param name="host">The host's token.</param>
    public HostEnd(TimeProvider clock, CancellationToken client, CancellationToken host)
    {
        _clock = clock;
        _client = client.UnsafeRegister(static end => ((HostEnd)end!)._over.Cancel(), this);
        _host = host.UnsafeRegister(static end => ((HostEnd)end!).Begin(), this);
    }

    /// <summary>The host's time is up, and the client is still there to be told.</summary>
    public CancellationToken Told => _told.Token;

    /// <summary>The client has gone, or the time to tell it anything is over too.</summary>
    public CancellationToken Over => _over.Token;

    public void Dispose()
    {
        // Disposing a registration waits for a callback that makes the timer.
        _client.Dispose();
        _host.Dispose();
        _timer?.Dispose();
    }

    private void Begin() =>
        _timer = _clock.CreateTimer(static end => ((HostEnd)end!).OnTimer(), this, NewsOfTheClient, LastWords);

    private void OnTimer() => (_told.IsCancellationRequested ? _over : _told).Cancel();
}
