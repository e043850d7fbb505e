using System.Diagnostics;
using Lightport.Conversation;
using Lightport.Usage;

namespace Lightport.Telemetry;

/// <summary>Writes into spans what became of requests and of calls to providers, never their content.</summary>
internal static class SpanFacts
{
    private static readonly object True = true;

    private static readonly string[][] Finishes =
        [.. Enum.GetValues<FinishReason>().Select(end => (string[])[Word(end)])];

    /// <summary>
    /// What no span of its calls says: those have tokens, cost and provider, and whoever adds up spans must not find
    /// them twice.
    /// </summary>
    public static void Describe(Activity span, UsageRecord record)
    {
        span.SetTag(TelemetryNames.OperationName, TelemetryNames.OperationAt(record.Endpoint));
        span.SetTag(TelemetryNames.RequestModel, record.RequestedModel);
        span.SetTag(TelemetryNames.StatusCode, BoxedNumbers.Of(record.Status));
        Set(span, TelemetryNames.Rule, record.Rule);
        Set(span, TelemetryNames.Tag, record.Tag);
        Set(span, TelemetryNames.PassedOver, record.PassedOver is { Count: > 0 } passed ? passed : null);
        Set(span, TelemetryNames.FailedRules, record.FailedRules is { Count: > 0 } failed ? failed : null);
        Set(span, TelemetryNames.AnswerDropped, record.AnswerDropped is { Count: > 0 } unsaid ? unsaid : null);
        Judge(span, record.Error);
    }

    /// <summary>What was not known when the span began.</summary>
    public static void Describe(Activity span, AttemptReport report)
    {
        Set(span, TelemetryNames.Provider, IsCalledElse(report) ? report.Provider : null);
        Set(span, TelemetryNames.Account, report.Account);
        Set(span, TelemetryNames.Attempt, report.Number > 1 ? BoxedNumbers.Of(report.Number) : null);
        Set(span, TelemetryNames.RequestStream, report.Stream ? True : null);
        Set(span, TelemetryNames.ResponseFirstChunk, report.Stream ? report.FirstChunk?.TotalSeconds : null);
        if (report.Address is { } address)
        {
            span.SetTag(TelemetryNames.ServerAddress, address.Host);
            span.SetTag(TelemetryNames.ServerPort, BoxedNumbers.Of(address.Port));
        }

        Set(span, TelemetryNames.ResponseId, report.ResponseId);
        Set(span, TelemetryNames.FinishReasons, report.Finish is { } end ? Finishes[(int)end] : null);
        if (report.Usage is { } usage)
        {
            span.SetTag(TelemetryNames.InputTokens, usage.Prompt);
            span.SetTag(TelemetryNames.OutputTokens, usage.Completion);
            Set(span, TelemetryNames.CacheReadTokens, Some(usage.CacheRead));
            Set(span, TelemetryNames.CacheWriteTokens, Some(usage.CacheWrite + usage.CacheWriteLong));
            Set(span, TelemetryNames.ReasoningTokens, Some(usage.Reasoning));
        }

        if (report.Cost is { } cost)
        {
            Set(span, TelemetryNames.CostDollars, (double?)cost.Dollars);
            Set(span, TelemetryNames.CostUnpriced, cost.Unpriced);
            Set(span, TelemetryNames.CostVersion, cost.Version);
        }

        Judge(span, report.Error);
    }

    /// <summary>A client that goes has seen enough: nothing failed.</summary>
    public static string? ErrorType(GatewayError? error) =>
        error is null or { Kind: ErrorKind.Canceled } ? null : error.Kind.ToString();

    /// <summary>What is not there is not looked for among what is.</summary>
    private static void Set(Activity span, string name, object? value)
    {
        if (value is not null)
        {
            span.SetTag(name, value);
        }
    }

    /// <summary>The provider's name here tells more than the conventions' word for it.</summary>
    private static bool IsCalledElse(AttemptReport report) =>
        report.Provider != TelemetryNames.ProviderOf(report.ProviderId);

    private static long? Some(long tokens) => tokens > 0 ? tokens : null;

    private static string Word(FinishReason finish) => finish switch
    {
        FinishReason.Stop => "stop",
        FinishReason.Length => "length",
        FinishReason.ToolCalls => "tool_calls",
        FinishReason.ContentFilter => "content_filter",
        _ => finish.ToString(),
    };

    private static void Judge(Activity span, GatewayError? error)
    {
        if (ErrorType(error) is { } type)
        {
            span.SetTag(TelemetryNames.ErrorType, type);
            span.SetStatus(ActivityStatusCode.Error, type);
        }
    }
}
