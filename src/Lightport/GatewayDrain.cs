using System.Collections.Concurrent;
using Lightport.Configuration;
using Lightport.Configuration.Reading;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Lightport;

/// <summary>
/// The time that open streams have once the process is told to stop: what is not over by then ends with an error that
/// says so, instead of a cut connection.
/// </summary>
internal sealed class GatewayDrain : IDisposable
{
    /// <summary>How long a stop waits for open streams: <c>30s</c>, <c>10m</c>.</summary>
    private const string TimeSetting = "LIGHTPORT_DRAIN";

    private static readonly TimeSpan Default = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>What the last words take to reach the clients.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentQueue<ITimer> _timers = [];
    private readonly TimeSpan _time;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenRegistration _stopping;
    private CancellationTokenSource _running;

    public GatewayDrain(TimeSpan time, TimeProvider clock, IHostApplicationLifetime? lifetime)
    {
        (_time, _clock) = (time, clock);
        _running = Begun();
        _stopping = lifetime?.ApplicationStopping.Register(Begin) ?? default;
    }

    /// <summary>Of a request that begins now: cancelled when its time is up.</summary>
    public CancellationToken Over => Volatile.Read(ref _running).Token;

    /// <exception cref="ConfigurationException">The setting is no length of time.</exception>
    public static TimeSpan TimeIn(IConfiguration settings) => settings[TimeSetting] is not { Length: > 0 } text
        ? Default
        : Durations.Parse(text, TimeSpan.Zero, Longest) ?? throw new ConfigurationException(
            $"{TimeSetting} is '{text}'; set it to a length of time up to an hour, as in 30s or 10m.");

    /// <summary>How long the host must wait before it cuts what is left: a longer wait of its own stays.</summary>
    public static TimeSpan HostWaits(TimeSpan time, TimeSpan own)
    {
        TimeSpan needed = time + LastWords;
        bool chosen = own != new HostOptions().ShutdownTimeout;
        return chosen && (own > needed || own == Timeout.InfiniteTimeSpan) ? own : needed;
    }

    /// <summary>Gives the requests that run now so long, and those that come later all the time there is.</summary>
    public void EndRunning(TimeSpan time)
    {
        CancellationTokenSource running = Interlocked.Exchange(ref _running, Begun());
        _timers.Enqueue(_clock.CreateTimer(_ => running.Cancel(), null, time, Timeout.InfiniteTimeSpan));
    }

    public void Dispose()
    {
        _stopping.Dispose();
        foreach (ITimer timer in _timers)
        {
            timer.Dispose();
        }

        _running.Dispose();
        _over.Dispose();
    }

    private void Begin() =>
        _timers.Enqueue(_clock.CreateTimer(_ => _over.Cancel(), null, _time, Timeout.InfiniteTimeSpan));

    /// <summary>The time of the process is that of every request.</summary>
    private CancellationTokenSource Begun() => CancellationTokenSource.CreateLinkedTokenSource(_over.Token);
}
