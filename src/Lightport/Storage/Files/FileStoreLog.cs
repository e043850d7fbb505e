using Microsoft.Extensions.Logging;

namespace Lightport.Storage.Files;

internal static partial class FileStoreLog
{
    [LoggerMessage(206, LogLevel.Error, "A row of usage in {File} is left out: {Reason}")]
    public static partial void UsageRowLeftOut(this ILogger logger, string file, string reason);

    [LoggerMessage(207, LogLevel.Warning, "Usage that is older than is kept was not removed yet: {Reason}")]
    public static partial void UsageNotRemoved(this ILogger logger, string reason);
}
