using Microsoft.Extensions.Logging;

namespace Lightport.Configuration;

internal static partial class ConfigurationLog
{
    [LoggerMessage(101, LogLevel.Information, "Configuration {Version} from {Source} is in force")]
    public static partial void InForce(this ILogger logger, string version, string source);

    [LoggerMessage(102, LogLevel.Warning, "{Warning}")]
    public static partial void Doubtful(this ILogger logger, string warning);

    [LoggerMessage(
        103, LogLevel.Error, "The newest configuration is not in force, or not all of it; {Version} is:\n{Reasons}")]
    public static partial void Refused(this ILogger logger, string version, string reasons);

    [LoggerMessage(104, LogLevel.Information, "Configuration {Version} is the newest again, and whole")]
    public static partial void Recovered(this ILogger logger, string version);
}
