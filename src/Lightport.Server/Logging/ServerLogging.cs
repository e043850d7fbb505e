using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lightport.Server.Logging;

/// <summary>Where the server logs to: its standard output, a line an event.</summary>
internal static class ServerLogging
{
    public static void AddLightport(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.Services.TryAddSingleton(TimeProvider.System);
        logging.Services.TryAddSingleton(_ => new LineWriter(Console.OpenStandardOutput()));
        logging.Services.AddSingleton<ILoggerProvider, LineLoggerProvider>();
        logging.AddFilter("Microsoft", LogLevel.Warning);
    }
}
