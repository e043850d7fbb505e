using Microsoft.Extensions.Configuration;

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

    /// <summary>How long the last traces and metrics may take, after the streams.</summary>
    public static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    public static void PreferShortDrain(this IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration[DrainSetting]))
        {
            configuration[DrainSetting] = Drain;
        }
    }
}
