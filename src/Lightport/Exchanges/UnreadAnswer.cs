using Lightport.Conversation;
using Lightport.Dialects;

namespace Lightport.Exchanges;

/// <summary>
/// Guesses what a provider made of a request whose whole answer nobody came to read: the client went, a time was over,
/// the connection broke. The provider wrote meanwhile, and bills it. A stream needs no such guess: what it wrote came.
/// </summary>
internal static class UnreadAnswer
{
    /// <summary>What a quick one of the large models writes, in tokens of one answer a second.</summary>
    internal const long TokensPerSecond = 100;

    /// <summary>More answers at once are no number that anybody means.</summary>
    private const long MostAnswers = 1_000;

    /// <summary>The usage, with what was written by then where nothing of it was told.</summary>
    /// <param name="known">As far as it is known; null for not at all.</param>
    /// <param name="limit">The most tokens of an answer that the gateway has set; null for none.</param>
    /// <param name="worked">Since the provider was called.</param>
    public static TokenUsage Settle(TokenUsage? known, Exchange exchange, long? limit, TimeSpan worked)
    {
        TokenUsage usage = known ?? new UsageEstimator(exchange.PromptTokens).ToUsage();
        bool answers = exchange.Asked.Operation is Operation.Chat or Operation.Completion or Operation.Compaction;
        return usage.Estimated && usage.Completion == 0 && answers && !exchange.Stream
            ? usage with { Output = Written(exchange.Served.Bounds(exchange.Request), limit, worked) }
            : usage;
    }

    private static long Written(in RequestBounds said, long? limit, TimeSpan worked)
    {
        double each = Math.Min(worked.TotalSeconds * TokensPerSecond, said.OutputTokens ?? limit ?? long.MaxValue);
        return (long)(each * Math.Max(1, said.Answers is { } answers and < MostAnswers ? answers : 1));
    }
}
