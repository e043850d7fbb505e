using Lightport.Conversation;

namespace Lightport.Dialects.Google;

/// <summary>
/// Tokens as Google counts them, in generateContent and in interactions: the prompt's hold what a cache read, the
/// output's leave out the thinking, and what tools put into the prompt is counted beside it. None is below nothing.
/// </summary>
internal struct GoogleTokenCounts
{
    public long Prompt;
    public long ToolUsePrompt;
    public long Cached;
    public long Output;
    public long Thoughts;
    public long PromptAudio;
    public long CachedAudio;
    public long OutputAudio;

    /// <summary>The same in classes that do not overlap.</summary>
    public readonly TokenUsage ToUsage(long webSearches)
    {
        long cached = Math.Clamp(Cached, 0, Prompt);
        long audio = Math.Clamp(PromptAudio - CachedAudio, 0, Prompt - cached);
        long spoken = Math.Clamp(OutputAudio, 0, Output);
        return new TokenUsage
        {
            Input = Prompt + ToolUsePrompt - cached - audio,
            CacheRead = cached,
            InputAudio = audio,
            Output = Output - spoken,
            OutputAudio = spoken,
            Reasoning = Thoughts,
            WebSearches = webSearches,
        };
    }
}
