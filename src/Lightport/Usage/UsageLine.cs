using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Lightport.Conversation;

namespace Lightport.Usage;

/// <summary>
/// A usage record as a log event: named values for sinks that keep them, one line of text for those that do not. Made
/// once a request on the hot path, so nothing is boxed until a sink asks, and a sink that writes UTF-8 gets the line
/// without a string in between.
/// </summary>
internal readonly struct UsageLine(UsageRecord record)
    : IReadOnlyList<KeyValuePair<string, object?>>, IUtf8SpanFormattable
{
    /// <summary>Most lines have some 300 bytes; names that clients choose have a few hundred at most.</summary>
    private const int FirstTry = 1024;

    private static readonly (string Name, Func<UsageRecord, object?> Value)[] Fields =
    [
        ("RequestId", r => r.RequestId),
        ("Endpoint", r => r.Endpoint),
        ("Key", r => r.Key),
        ("Route", r => r.Route),
        ("Rule", r => r.Rule),
        ("FailedRules", r => r.FailedRules.Count == 0 ? null : string.Join(',', r.FailedRules)),
        ("Tag", r => r.Tag),
        ("Provider", r => r.Provider),
        ("Model", r => r.Model),
        ("Tool", r => r.Tool),
        ("Status", r => r.Status),
        ("Stage", r => r.Error?.Stage),
        ("Error", r => r.Error?.Kind),
        ("Attempts", r => r.Attempts),
        ("Stream", r => r.Stream),
        ("DurationMilliseconds", r => r.Duration.TotalMilliseconds),
        ("FirstByteMilliseconds", r => r.FirstByte?.TotalMilliseconds),
        ("UpstreamMilliseconds", r => r.Upstream.TotalMilliseconds),
        ("PromptTokens", r => r.AnswerUsage?.Prompt),
        ("CompletionTokens", r => r.AnswerUsage?.Completion),
        ("CacheReadTokens", r => r.AnswerUsage?.CacheRead),
        ("CacheWriteTokens", r => r.AnswerUsage?.CacheWrite + r.AnswerUsage?.CacheWriteLong),
        ("ReasoningTokens", r => r.AnswerUsage?.Reasoning),
        ("UsageEstimated", r => r.AnswerUsage?.Estimated),
        ("CostDollars", r => r.AnswerCost?.Dollars),
        ("CostUnpriced", r => r.AnswerCost?.Unpriced),
        ("CostVersion", r => r.AnswerCost?.Version),
        ("LostCostDollars", r => r.Lost.Count == 0 ? null : LostDollars(r)),
        ("Finish", r => r.Finish),
        ("AnswerDropped", r => r.AnswerDropped.Count == 0 ? null : string.Join(',', r.AnswerDropped)),
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
        for (int size = FirstTry; ; size *= 2)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(size);
            try
            {
                if (TryFormat(buffer, out int written, default, null))
                {
                    return Encoding.UTF8.GetString(buffer, 0, written);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    public bool TryFormat(
        Span<byte> utf8Destination,
        out int bytesWritten,
        ReadOnlySpan<char> format,
        IFormatProvider? provider)
    {
        UsageRecord r = record;
        CultureInfo nobodys = CultureInfo.InvariantCulture;
        Span<byte> rest = utf8Destination;
        bool fits = Utf8.TryWrite(
            rest,
            nobodys,
            $"{r.RequestId} {r.Endpoint} key={LogWord.Of(r.Key)} route={LogWord.Of(r.Route)} "
            + $"provider={LogWord.Of(r.Provider)} model={LogWord.Of(r.Model)} status={r.Status}",
            out int written) && Advance(ref rest, written);
        if (r.Error is { } error)
        {
            fits = fits && Utf8.TryWrite(rest, nobodys, $" stage={error.Stage} error={error.Kind}", out written)
                && Advance(ref rest, written);
        }

        TimeSpan firstByte = r.FirstByte ?? default;
        fits = fits && Utf8.TryWrite(
            rest,
            nobodys,
            $" attempts={r.Attempts} stream={(r.Stream ? "yes" : "no")} "
            + $"ms={Whole(r.Duration)}.{Hundredths(r.Duration):D2} "
            + $"first-byte-ms={Whole(firstByte)}.{Hundredths(firstByte):D2} "
            + $"upstream-ms={Whole(r.Upstream)}.{Hundredths(r.Upstream):D2}",
            out written) && Advance(ref rest, written);
        if (r.AnswerUsage is { } usage)
        {
            fits = fits && Utf8.TryWrite(
                rest,
                nobodys,
                $" prompt={usage.Prompt} completion={usage.Completion} cache-read={usage.CacheRead} "
                + $"cache-write={usage.CacheWrite + usage.CacheWriteLong} reasoning={usage.Reasoning}"
                + $"{(usage.Estimated ? " estimated" : "")}",
                out written) && Advance(ref rest, written);
        }

        if (r.AnswerCost is { } cost)
        {
            fits = fits && (cost.IsKnown
                ? Utf8.TryWrite(rest, nobodys, $" cost={cost.Dollars.Value:0.############}", out written)
                : Utf8.TryWrite(rest, nobodys, $" cost=unknown({cost.Unpriced})", out written))
                && Advance(ref rest, written);
        }

        if (r.Lost.Count > 0)
        {
            fits = fits && (LostDollars(r) is { } lost
                ? Utf8.TryWrite(rest, nobodys, $" lost-cost={lost:0.############}", out written)
                : Utf8.TryWrite(rest, nobodys, $" lost-cost=unknown", out written))
                && Advance(ref rest, written);
        }

        fits = fits && Utf8.TryWrite(rest, nobodys, $" finish={FinishWord(r.Finish)}", out written)
            && Advance(ref rest, written);
        if (r.AnswerDropped.Count > 0)
        {
            fits = fits && Utf8.TryWrite(
                rest, nobodys, $" answer-dropped={string.Join(',', r.AnswerDropped)}", out written)
                && Advance(ref rest, written);
        }

        if (r.Tool is { } tool)
        {
            fits = fits && Utf8.TryWrite(rest, $" tool={LogWord.Of(tool)}", out written) && Advance(ref rest, written);
        }

        fits = fits && TryFormatRules(ref rest);
        bytesWritten = fits ? utf8Destination.Length - rest.Length : 0;
        return fits;
    }

    /// <summary>What rules did, where they did anything.</summary>
    private bool TryFormatRules(ref Span<byte> rest)
    {
        UsageRecord r = record;
        bool fits = true;
        if (r.Rule is { } rule)
        {
            fits = Utf8.TryWrite(rest, $" rule={LogWord.Of(rule)}", out int written) && Advance(ref rest, written);
        }

        if (r.Tag is { } tag)
        {
            fits = fits && Utf8.TryWrite(rest, $" tag={LogWord.Of(tag)}", out int written)
                && Advance(ref rest, written);
        }

        if (r.FailedRules.Count > 0)
        {
            fits = fits && Utf8.TryWrite(rest, $" failed-rules={string.Join(',', r.FailedRules)}", out int written)
                && Advance(ref rest, written);
        }

        return fits;
    }

    private static bool Advance(ref Span<byte> rest, int written)
    {
        rest = rest[written..];
        return true;
    }

    /// <summary>What was paid for nothing; null where that of one attempt is unknown.</summary>
    private static decimal? LostDollars(UsageRecord record)
    {
        decimal? all = 0;
        foreach (AttemptUsage lost in record.Lost)
        {
            all += lost.Cost?.Dollars;
        }

        return all;
    }

    /// <summary>Whole milliseconds: two whole numbers are written much faster than a fraction is rounded.</summary>
    private static long Whole(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMillisecond;

    private static long Hundredths(TimeSpan time) =>
        time.Ticks % TimeSpan.TicksPerMillisecond / (TimeSpan.TicksPerMillisecond / 100);

    private static string FinishWord(FinishReason? finish) => finish switch
    {
        FinishReason.Stop => "stop",
        FinishReason.Length => "length",
        FinishReason.ToolCalls => "tool_calls",
        FinishReason.ContentFilter => "content_filter",
        _ => "none",
    };
}
