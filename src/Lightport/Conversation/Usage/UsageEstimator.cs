using System.Text;

namespace Lightport.Conversation;

/// <summary>
/// Guesses the usage that a provider did not tell, at four bytes of UTF-8 text a token: right within a factor of two
/// for prose and code, too much where a request holds files. What it makes is marked as estimated.
/// </summary>
public sealed class UsageEstimator(long promptTokens)
{
    private const int BytesPerToken = 4;

    /// <summary>Of each class. No model reads or writes a thousandth of it in one answer.</summary>
    private const long MostBelieved = 1_000_000_000;

    /// <summary>The request's size, guessed.</summary>
    public long PromptTokens => promptTokens;

    /// <summary>Something was written, be it said or thought aloud.</summary>
    internal bool HasWords => _spokenBytes > 0 || _thoughtBytes > 0;

    private long _spokenBytes;
    private long _thoughtBytes;

    public static long TokensOf(long bytes) => (bytes + BytesPerToken - 1) / BytesPerToken;

    /// <summary>The usage of a whole answer: the same as of its stream.</summary>
    public static TokenUsage Estimate(ChatResponse response, long promptTokens)
    {
        var estimator = new UsageEstimator(promptTokens);
        foreach (StreamEvent streamEvent in ResponseReplay.Events(response))
        {
            estimator.Add(streamEvent);
        }

        return estimator.ToUsage();
    }

    public void Add(StreamEvent streamEvent)
    {
        switch (streamEvent)
        {
            case StreamEvent.TextDelta text:
                Add(text.Text);
                break;
            case StreamEvent.RefusalDelta refusal:
                Add(refusal.Text);
                break;
            case StreamEvent.MediaDelta { Transcript: { } transcript }:
                Add(transcript);
                break;
            case StreamEvent.PartStart { Part: ToolCallPart call }:
                Add(call.Name);
                break;
            case StreamEvent.ToolCallDelta delta:
                Add(delta.Arguments);
                break;
            case StreamEvent.ReasoningDelta reasoning:
                AddThought(Encoding.UTF8.GetByteCount(reasoning.Text));
                break;
        }
    }

    public void AddSpoken(long bytes) => _spokenBytes += bytes;

    public void AddThought(long bytes) => _thoughtBytes += bytes;

    /// <summary>
    /// What an answer used: what its provider told, where that is its last word. What was told at the beginning of an
    /// answer that broke off is filled up with what has been counted since; a count that cannot be is not believed.
    /// </summary>
    /// <param name="told">The provider's count, if it gave one.</param>
    /// <param name="complete">The answer has come to its own end.</param>
    public TokenUsage Settle(TokenUsage? told, bool complete)
    {
        if (told is not null && !IsPossible(told))
        {
            return ToUsage();
        }

        if (told is not null && complete)
        {
            return told;
        }

        TokenUsage counted = ToUsage();
        if (told is null)
        {
            return counted;
        }

        bool more = counted.Completion > told.Completion;
        return told with
        {
            Input = told.Prompt > 0 ? told.Input : counted.Input,
            Output = more ? counted.Output : told.Output,
            Reasoning = more ? counted.Reasoning : told.Reasoning,
            Estimated = true,
        };
    }

    public TokenUsage ToUsage() => new()
    {
        Input = promptTokens,
        Output = TokensOf(_spokenBytes),
        Reasoning = TokensOf(_thoughtBytes),
        Estimated = true,
    };

    private static bool IsPossible(TokenUsage told) =>
        IsPossible(told.Input)
        && IsPossible(told.CacheRead)
        && IsPossible(told.CacheWrite)
        && IsPossible(told.CacheWriteLong)
        && IsPossible(told.InputAudio)
        && IsPossible(told.Output)
        && IsPossible(told.Reasoning)
        && IsPossible(told.OutputAudio)
        && IsPossible(told.WebSearches);

    private static bool IsPossible(long count) => count is >= 0 and <= MostBelieved;

    private void Add(string text) => AddSpoken(Encoding.UTF8.GetByteCount(text));
}
