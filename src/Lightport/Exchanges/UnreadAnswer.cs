using Lightport.Conversation;
using Lightport.Dialects;

namespace Lightport.Exchanges;

/// <summary>
/// Guesses what a provider made of a request whose answer nobody came to read to its end: the client went, a time was
/// over, the connection broke. The provider wrote meanwhile, and bills it. Of a whole answer nothing was seen; of a
/// stream all but what the model thought before its first words, which most do unseen.
/// </summary>
internal static class UnreadAnswer
{
    /// <summary>What a quick one of the large models writes, in tokens of one answer a second.</summary>
    internal const int TokensPerSecond = 100;

    /// <summary>More answers at once are no number that anybody means.</summary>
    private const long MostAnswers = 1_000;

    /// <summary>The usage, with what was written by then where nothing of it was told.</summary>
    /// <param name="known">As far as it is known; null for not at all.</param>
    /// <param name="limit">The most tokens of an answer that the gateway has set; null for none.</param>
    /// <param name="worked">Since the provider was called.</param>
    /// <param name="pace">In tokens of one answer a second.</param>
    public static TokenUsage Settle(TokenUsage? known, Exchange exchange, long? limit, TimeSpan worked, int pace)
    {
        TokenUsage usage = known ?? new UsageEstimator(exchange.PromptTokens).ToUsage();
        return usage.Estimated && usage.Completion == 0 && Answers(exchange)
            ? usage with { Output = Written(exchange.Served.Bounds(exchange.Request), limit, worked, pace, seen: 0) }
            : usage;
    }

    /// <summary>The usage of a stream that broke off, with what was thought before its first words.</summary>
    /// <param name="seen">What came of it.</param>
    /// <param name="limit">The most tokens of an answer that the gateway has set; null for none.</param>
    /// <param name="silence">From the provider's call to the first words, or to the end where there are none.</param>
    /// <param name="pace">In tokens of one answer a second.</param>
    public static TokenUsage WithSilence(
        TokenUsage seen, Exchange exchange, long? limit, TimeSpan silence, int pace)
    {
        if (!Answers(exchange) || !exchange.Stream)
        {
            return seen;
        }

        long thought = Written(exchange.Served.Bounds(exchange.Request), limit, silence, pace, seen.Completion);
        return seen with { Output = seen.Output + thought };
    }

    private static bool Answers(Exchange exchange) =>
        exchange.Asked.Operation is Operation.Chat or Operation.Completion or Operation.Compaction;

    private static long Written(in RequestBounds said, long? limit, TimeSpan worked, int pace, long seen)
    {
        double each = Math.Min(worked.TotalSeconds * pace, said.OutputTokens ?? limit ?? long.MaxValue);
        double all = each * Math.Max(1, said.Answers is { } answers and < MostAnswers ? answers : 1);
        double room = (said.OutputTokens ?? limit) is { } most
            ? Math.Max(0, ((double)most * Math.Max(1, said.Answers ?? 1)) - seen)
            : double.MaxValue;
        return (long)Math.Min(all, room);
    }
}
