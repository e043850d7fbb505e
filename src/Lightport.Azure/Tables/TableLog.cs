using Microsoft.Extensions.Logging;

namespace Lightport.Azure.Tables;

internal static partial class TableLog
{
    [LoggerMessage(201, LogLevel.Warning, "Old versions of the configuration were not removed yet: {Reason}")]
    public static partial void NotPruned(this ILogger logger, string reason);

    [LoggerMessage(202, LogLevel.Error, "The client key {Id} is left out: {Reason}. Mend its row, or remove the key")]
    public static partial void KeyLeftOut(this ILogger logger, string id, string reason);

    [LoggerMessage(
        205, LogLevel.Warning, "Tables of answers or sessions that have expired were not removed yet: {Reason}")]
    public static partial void AnswersLeft(this ILogger logger, string reason);

    [LoggerMessage(208, LogLevel.Warning, "Usage that is older than is kept was not removed yet: {Reason}")]
    public static partial void UsageLeft(this ILogger logger, string reason);

    [LoggerMessage(211, LogLevel.Warning, "Rows of limits whose time is over were not removed yet: {Reason}")]
    public static partial void LimitsLeft(this ILogger logger, string reason);

    [LoggerMessage(203, LogLevel.Error, "A row of usage in the partition {Partition} is left out: {Reason}")]
    public static partial void UsageLeftOut(this ILogger logger, string partition, string reason);
}
