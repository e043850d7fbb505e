using System.Diagnostics;
using Lightport.Conversation;
using Lightport.Prices;
using Lightport.Usage;

namespace Lightport.Telemetry;

/// <summary>Writes into spans what became of requests and of calls to providers, never their content.</summary>
internal static class SpanFacts
{
    private static readonly object True = true;

    private static readonly string[][] Finishes =
        [.. Enum.GetValues<FinishReason>().Select(end => (string[])[Word(end)])];

    public static void Describe(Activity span, UsageRecord record)
    {
        span.SetTag(TelemetryNames.OperationName, TelemetryNames.OperationAt(record.Endpoint));
        span.SetTag(TelemetryNames.ProviderName, TelemetryNames.ProviderOf(record.ProviderId));
        span.SetTag(TelemetryNames.Provider, record.Provider);
        span.SetTag(TelemetryNames.RequestModel, record.RequestedModel);
        span.SetTag(TelemetryNames.ResponseModel, record.Model);
        span.SetTag(TelemetryNames.RequestStream, record.Stream ? True : null);
        span.SetTag(TelemetryNames.StatusCode, record.Status);
        Tell(span, record.ResponseId, record.Finish, record.AnswerUsage, record.AnswerCost);
        span.SetTag(TelemetryNames.Rule, record.Rule);
        span.SetTag(TelemetryNames.Tag, record.Tag);
        span.SetTag(TelemetryNames.PassedOver, record.PassedOver is { Count: > 0 } passed ? passed : null);
        span.SetTag(TelemetryNames.FailedRules, record.FailedRules is { Count: > 0 } failed ? failed : null);
        span.SetTag(TelemetryNames.AnswerDropped, record.AnswerDropped is { Count: > 0 } unsaid ? unsaid : null);
        Judge(span, record.Error);
    }

    /// <summary>What was not known when the span began.</summary>
    public static void Describe(Activity span, AttemptReport report)
    {
        span.SetTag(TelemetryNames.Provider, report.Provider);
        span.SetTag(TelemetryNames.Account, report.Account);
        span.SetTag(TelemetryNames.Attempt, report.Number);
        span.SetTag(TelemetryNames.RequestStream, report.Stream ? True : null);
        span.SetTag(TelemetryNames.ResponseFirstChunk, report.Stream ? report.FirstChunk?.TotalSeconds : null);
        span.SetTag(TelemetryNames.ServerAddress, report.Address?.Host);
        span.SetTag(TelemetryNames.ServerPort, report.Address?.Port);
        Tell(span, report.ResponseId, report.Finish, report.Usage, report.Cost);
        Judge(span, report.Error);
    }

    /// <summary>A client that goes has seen enough: nothing failed.</summary>
    public static string? ErrorType(GatewayError? error) =>
        error is null or { Kind: ErrorKind.Canceled } ? null : error.Kind.ToString();

    private static void Tell(
        Activity span, string? responseId, FinishReason? finish, TokenUsage? usage, Cost? cost)
    {
        span.SetTag(TelemetryNames.ResponseId, responseId);
        span.SetTag(TelemetryNames.FinishReasons, finish is { } end ? Finishes[(int)end] : null);
        span.SetTag(TelemetryNames.InputTokens, usage?.Prompt);
        span.SetTag(TelemetryNames.OutputTokens, usage?.Completion);
        span.SetTag(TelemetryNames.CacheReadTokens, Some(usage?.CacheRead));
        span.SetTag(TelemetryNames.CacheWriteTokens, Some(usage?.CacheWrite + usage?.CacheWriteLong));
        span.SetTag(TelemetryNames.ReasoningTokens, Some(usage?.Reasoning));
        span.SetTag(TelemetryNames.CostDollars, (double?)cost?.Dollars);
        span.SetTag(TelemetryNames.CostUnpriced, cost?.Unpriced);
        span.SetTag(TelemetryNames.CostVersion, cost?.Version);
    }

    private static long? Some(long? tokens) => tokens > 0 ? tokens : null;

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
