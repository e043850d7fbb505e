namespace Lightport.Server;

/// <summary>
/// Logs to the console, a line an event; <c>Logging:Console:FormatterName=json</c> makes each line one JSON object.
/// </summary>
internal static class ServerLogging
{
    public static void AddLightport(this ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        logging.AddFilter("Microsoft", LogLevel.Warning);
    }
}
