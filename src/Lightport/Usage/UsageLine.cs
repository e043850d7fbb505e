using System.Collections;
using System.Globalization;
using Lightport.Conversation;

namespace Lightport.Usage;

/// <summary>
/// A usage record as a log event: named values for sinks that keep them, one line of text for those that do not. Made
/// once a request on the hot path, so nothing is boxed until a sink asks.
/// </summary>
internal readonly struct UsageLine(UsageRecord record) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private static readonly (string Name, Func<UsageRecord, object?> Value)[] Fields =
    [
        ("RequestId", r => r.RequestId),
        ("Endpoint", r => r.Endpoint),
        ("Key", r => r.Key),
        ("Route", r => r.Route),
        ("Provider", r => r.Provider),
        ("Model", r => r.Model),
        ("Status", r => r.Status),
        ("Stage", r => r.Error?.Stage),
        ("Error", r => r.Error?.Kind),
        ("Attempts", r => r.Attempts),
        ("Stream", r => r.Stream),
        ("DurationMilliseconds", r => r.Duration.TotalMilliseconds),
        ("FirstByteMilliseconds", r => r.FirstByte?.TotalMilliseconds),
        ("UpstreamMilliseconds", r => r.Upstream.TotalMilliseconds),
        ("PromptTokens", r => r.Usage?.Prompt),
        ("CompletionTokens", r => r.Usage?.Completion),
        ("CacheReadTokens", r => r.Usage?.CacheRead),
        ("CacheWriteTokens", r => r.Usage?.CacheWrite + r.Usage?.CacheWriteLong),
        ("ReasoningTokens", r => r.Usage?.Reasoning),
        ("UsageEstimated", r => r.Usage?.Estimated),
        ("Finish", r => r.Finish),
    ];

    public int Count => Fields.Length;

    public KeyValuePair<string, object?> this[int index] => new(Fields[index].Name, Fields[index].Value(record));

    public static string Format(UsageLine line, Exception? exception) => line.ToString();

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString()
    {
        UsageRecord r = record;
        TokenUsage? usage = r.Usage;
        string error = r.Error is null ? "" : $" stage={r.Error.Stage} error={r.Error.Kind}";
        string tokens = usage is null ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $" prompt={usage.Prompt} completion={usage.Completion} cache-read={usage.CacheRead} "
            + $"cache-write={usage.CacheWrite + usage.CacheWriteLong} reasoning={usage.Reasoning}"
            + $"{(usage.Estimated ? " estimated" : "")}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{r.RequestId} {r.Endpoint} key={r.Key} route={r.Route} provider={r.Provider} model={r.Model} "
            + $"status={r.Status}{error} attempts={r.Attempts} stream={(r.Stream ? "yes" : "no")} "
            + $"ms={Milliseconds(r.Duration)} first-byte-ms={Milliseconds(r.FirstByte ?? default)} "
            + $"upstream-ms={Milliseconds(r.Upstream)}{tokens} finish={FinishWord(r.Finish)}");
    }

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 2);

    private static string FinishWord(FinishReason? finish) => finish switch
    {
        FinishReason.Stop => "stop",
        FinishReason.Length => "length",
        FinishReason.ToolCalls => "tool_calls",
        FinishReason.ContentFilter => "content_filter",
        _ => "none",
    };
}
