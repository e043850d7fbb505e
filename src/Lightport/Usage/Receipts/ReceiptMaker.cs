using System.Text.Json;
using Lightport.Conversation;
using Lightport.Prices;
using Lightport.Storage;

namespace Lightport.Usage.Receipts;

/// <summary>Makes a receipt of what is known of a request; not while that runs, but when it is written.</summary>
internal static class ReceiptMaker
{
    /// <summary>A list may be as long as the client's request: so many of it are enough to see what it was.</summary>
    private const int MostNames = 50;

    /// <summary>In UTF-16 units.</summary>
    private const int LongestName = 200;

    /// <summary>Null where the id is none of this gateway's.</summary>
    public static StoredReceipt? Of(UsageRecord record) => RequestId.Parse(record.RequestId) is { } id
        ? new StoredReceipt(id, JsonSerializer.Serialize(Facts(record), ReceiptJsonContext.Default.Receipt))
        : null;

    private static Receipt Facts(UsageRecord record) => new()
    {
        Id = record.RequestId,
        ReceivedAt = record.EndedAt - record.Duration,
        EndedAt = record.EndedAt,
        Endpoint = record.Endpoint,
        Stream = record.Stream,
        Status = record.Status,
        Key = record.Key is null ? null : new(record.KeyId, record.Key, record.KeyTags),
        Model = string.IsNullOrEmpty(record.RequestedModel) ? null : Short(record.RequestedModel),
        Tool = record.Tool,
        Route = record.Route is null ? null : Short(record.Route),
        Rule = record.Rule,
        FailedRules = record.FailedRules,
        Tag = record.Tag,
        PassedOver = Names(record.PassedOver),
        Attempts =
        [
            .. record.Tried.Select(
                (attempt, place) => Facts(attempt, place == 0 ? null : record.Tried[place - 1])),
        ],
        Limits = record.Limits,
        Finish = record.Finish is { } finish ? Word(finish) : null,
        Error = Facts(record.Error),
        ResponseId = record.ResponseId is null ? null : Short(record.ResponseId),
        AnswerDropped = Names(record.AnswerDropped),
        LeftOut = record.LeftOut.Count <= MostNames ? record.LeftOut : [.. record.LeftOut.Take(MostNames)],
        ToolRuns = record.Runs.Count,
        ToolCostUsd = record.Runs.Dollars,
        CostUsd = record.Tried.Aggregate(
            (decimal?)record.Runs.Dollars, (sum, attempt) => attempt.Cost is { } cost ? sum + cost.Dollars : sum),
        DurationMs = Milliseconds(record.Duration),
        FirstByteMs = record.FirstByte is { } time ? Milliseconds(time) : null,
        ProviderMs = Milliseconds(record.Upstream),
    };

    /// <summary>Of two at once the second began before the first was over: it did not wait.</summary>
    private static Receipt.AttemptFacts Facts(RecordedAttempt attempt, RecordedAttempt? before) => new(
        attempt.Provider,
        Short(attempt.Model),
        attempt.Account,
        Milliseconds(attempt.StartedAfter),
        before is null ? 0 : Math.Max(0, Milliseconds(attempt.StartedAfter - before.StartedAfter - before.Duration)),
        Milliseconds(attempt.Duration),
        Facts(attempt.Error),
        Names(attempt.Dropped),
        Facts(attempt.Usage),
        attempt.Cost?.Dollars,
        attempt.Cost?.Unpriced,
        attempt.Cost?.Version);

    /// <summary>Its message may quote the request or the provider, and stays out.</summary>
    private static Receipt.ErrorFacts? Facts(GatewayError? error) => error is null ? null : new(
        Word(error.Stage), Word(error.Kind), error.Status, error.Provider is null ? error.Code : null);

    private static Receipt.TokenFacts? Facts(TokenUsage? usage) => usage is null ? null : new(
        usage.Input,
        usage.CacheRead,
        usage.CacheWrite + usage.CacheWriteLong,
        usage.InputAudio,
        usage.Output,
        usage.Reasoning,
        usage.OutputAudio,
        usage.WebSearches,
        usage.Estimated);

    private static IReadOnlyList<string> Names(IReadOnlyList<string> names) =>
        names.Count == 0 ? names : [.. names.Take(MostNames).Select(Short)];

    private static string Short(string text) => ShortText.Of(text, LongestName);

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 2);
}
