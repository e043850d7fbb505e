using Lightport.Conversation;
using Microsoft.Extensions.Logging;

namespace Lightport.Usage;

/// <summary>The gateway's log lines. Event ids are the journey's step numbers (docs/journey.md).</summary>
public static partial class GatewayLog
{
    /// <summary>The one line a request.</summary>
    public static void Recorded(ILogger logger, UsageRecord record)
    {
        LogLevel level =
            record.Status >= 500 ? LogLevel.Error : record.Status >= 400 ? LogLevel.Warning : LogLevel.Information;
        if (logger.IsEnabled(level))
        {
            TokenUsage? usage = record.Usage;
            Recorded(
                logger,
                level,
                record.RequestId,
                record.Endpoint,
                record.Key,
                record.Route,
                record.Provider,
                record.Model,
                record.Status,
                record.Error?.Stage,
                record.Error?.Kind,
                record.Attempts,
                record.Stream,
                Math.Round(record.Duration.TotalMilliseconds, 2),
                Math.Round(record.FirstByte?.TotalMilliseconds ?? 0, 2),
                Math.Round(record.Upstream.TotalMilliseconds, 2),
                usage?.Prompt,
                usage?.Completion,
                usage?.CacheRead,
                usage?.CacheWrite + usage?.CacheWriteLong,
                usage?.Reasoning,
                record.Finish);
        }
    }

    /// <summary>A defect of the gateway. The exception's message is left out: it may quote the request.</summary>
    public static void Crashed(ILogger logger, Exception exception, string requestId) =>
        Crashed(logger, requestId, exception.GetType().FullName, exception.StackTrace);

    [LoggerMessage(8, LogLevel.Error, "{RequestId} failed inside the gateway: {ExceptionType}\n{StackTrace}")]
    private static partial void Crashed(ILogger logger, string requestId, string? exceptionType, string? stackTrace);

    [LoggerMessage(
        EventId = 7,
        Message = "{RequestId} {Endpoint} key={Key} route={Route} provider={Provider} model={Model} status={Status} "
        + "stage={Stage} error={Error} attempts={Attempts} stream={Stream} ms={Duration} first-byte-ms={FirstByte} "
        + "upstream-ms={Upstream} prompt={PromptTokens} completion={CompletionTokens} cache-read={CacheReadTokens} "
        + "cache-write={CacheWriteTokens} reasoning={ReasoningTokens} finish={Finish}")]
    private static partial void Recorded(
        ILogger logger,
        LogLevel level,
        string requestId,
        string endpoint,
        string? key,
        string? route,
        string? provider,
        string? model,
        int status,
        ErrorStage? stage,
        ErrorKind? error,
        int attempts,
        bool stream,
        double duration,
        double firstByte,
        double upstream,
        long? promptTokens,
        long? completionTokens,
        long? cacheReadTokens,
        long? cacheWriteTokens,
        long? reasoningTokens,
        FinishReason? finish);
}
