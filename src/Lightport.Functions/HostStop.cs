using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lightport.Functions;

/// <summary>How the Functions host stops a worker, and what the gateway makes of it.</summary>
public static class HostStop
{
    /// <summary>How long a stop waits for open streams; an app setting of that name wins.</summary>
    public const string DrainSetting = "LIGHTPORT_DRAIN";

    /// <summary>
    /// The host waits for running functions first, then tells the worker to end and kills it 5 s later: what is still
    /// open by then must hear of it, and the usage be written, in less.
    /// </summary>
    private const string Drain = "3s";

    /// <summary>A host breaks off what still runs 30 s after its stop began: clients are told before.</summary>
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    /// <summary>How long the last traces and metrics may take, after the streams.</summary>
    public static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    public static void PreferShortDrain(this IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration[DrainSetting]))
        {
            configuration[DrainSetting] = Drain;
        }
    }

    /// <summary>Has open streams end in time when the host stops, where its address is known.</summary>
    public static IServiceCollection AddHostWatch(this IServiceCollection services, IConfiguration settings) =>
        HostAddress.Find(settings) is not { } host ? services
            : services.AddSingleton<IHostedService>(provider => new HostWatch(
                host,
                () => provider.GetRequiredService<Gateway>().EndRunning(Notice),
                provider.GetRequiredService<TimeProvider>(),
                BetweenTries));
}
