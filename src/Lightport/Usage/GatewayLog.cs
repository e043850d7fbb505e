using Lightport.Conversation;
using Microsoft.Extensions.Logging;

namespace Lightport.Usage;

/// <summary>What is logged of requests; docs/log.md has every event id.</summary>
internal static partial class GatewayLog
{
    /// <summary>In characters; a path that is no door's may be of any length.</summary>
    private const int LongestPath = 200;

    private static readonly EventId RecordedEvent = new(7, nameof(Recorded));

    /// <summary>The one line a request.</summary>
    public static void Recorded(ILogger logger, UsageRecord record)
    {
        LogLevel level = record.Status switch
        {
            _ when record.Canceled => LogLevel.Information,
            >= 500 => LogLevel.Error,
            >= 400 => LogLevel.Warning,
            _ when record.Failed => LogLevel.Warning,
            _ => LogLevel.Information,
        };
        if (logger.IsEnabled(level))
        {
            logger.Log(level, RecordedEvent, new UsageLine(record), null, UsageLine.Format);
        }
    }

    /// <summary>A call that failed, whatever became of its request.</summary>
    public static void AttemptFailed(ILogger logger, AttemptReport report) => AttemptFailed(
        logger,
        report.RequestId,
        report.Number,
        LogWord.Of(report.Provider)!,
        report.Error!.Stage,
        report.Error.Kind,
        report.Error.Status,
        Math.Round(report.Duration.TotalMilliseconds, 2),
        LogWord.Of(report.Model)!,
        report.Account ?? "-");

    /// <summary>A defect of the gateway. The exception's message is left out: it may quote the request.</summary>
    public static void Crashed(ILogger logger, Exception exception, string requestId) =>
        Crashed(logger, requestId, exception.GetType().FullName, exception.StackTrace);

    /// <summary>
    /// A request at a path or with a method that is no door's: for whoever finds out why a client gets no answer. Its
    /// query is left out, for some clients have their key there.
    /// </summary>
    public static void NoDoor(ILogger logger, GatewayError error, string requestId, string method, string path)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            string shown = path.Length <= LongestPath ? path : path[..LongestPath] + "…";
            NoDoor(logger, requestId, error.Status, LogWord.Of(method)!, LogWord.Of(shown)!);
        }
    }

    /// <summary>Ids that clients bring back are of this process alone.</summary>
    [LoggerMessage(
        17,
        LogLevel.Warning,
        "No secret '{Name}': ids of tools' runs are sealed by this process alone, and a conversation that holds them "
        + "cannot go on after a restart or at another instance")]
    public static partial void SealOfThisProcess(ILogger logger, string name);

    [LoggerMessage(
        18,
        LogLevel.Information,
        "No secret '{Name}': ids of tools' runs are sealed by a key in this gateway's own folder, and a conversation "
        + "that holds them cannot go on at another instance")]
    public static partial void SealKept(ILogger logger, string name);

    /// <summary>The client is told the provider alone; the reason, which names the vault, is for here.</summary>
    [LoggerMessage(9, LogLevel.Error, "{RequestId} has no key for {Provider}: {Reason}")]
    public static partial void SecretUnavailable(ILogger logger, string requestId, string provider, string reason);

    /// <summary>An answer that its provider keeps, and that nobody can go on from.</summary>
    [LoggerMessage(11, LogLevel.Warning, "{RequestId}: whose its answer is could not be noted: {Reason}")]
    public static partial void NotNoted(ILogger logger, string requestId, string reason);

    /// <summary>A target that a request does not go to, or after all others; the reason quotes no content.</summary>
    [LoggerMessage(13, LogLevel.Debug, "{RequestId} passes over {Target}: {Reason}")]
    public static partial void PassedOver(ILogger logger, string requestId, string target, string reason);

    [LoggerMessage(
        12, LogLevel.Information, "The host is stopping: what runs now has {Seconds} s, and is then told of it")]
    public static partial void HostStopping(ILogger logger, double seconds);

    [LoggerMessage(
        5,
        LogLevel.Warning,
        "{RequestId} attempt {Attempt} at {Provider} failed: stage={Stage} error={Error} status={Status} "
        + "ms={DurationMilliseconds} model={Model} account={Account}")]
    private static partial void AttemptFailed(
        ILogger logger,
        string requestId,
        int attempt,
        string provider,
        ErrorStage stage,
        ErrorKind error,
        int status,
        double durationMilliseconds,
        string model,
        string account);

    [LoggerMessage(
        10,
        LogLevel.Debug,
        "{RequestId} found no door: status={Status} method={Method} path={Path}")]
    private static partial void NoDoor(ILogger logger, string requestId, int status, string method, string path);

    [LoggerMessage(8, LogLevel.Error, "{RequestId} failed inside the gateway: {ExceptionType}\n{StackTrace}")]
    private static partial void Crashed(ILogger logger, string requestId, string? exceptionType, string? stackTrace);
}
