namespace Lightport.Bench.Routing.Upstreams;

/// <summary>
/// What an account's prompt cache holds: of each session the prompt that it saw last, for five minutes.
/// </summary>
internal sealed class PromptCache
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly Dictionary<int, (int Tokens, TimeSpan Until)> _prompts = [];

    /// <summary>How many tokens of a session's prompt it holds; from now on it holds all of them.</summary>
    public int Exchange(int session, int tokens, TimeSpan now)
    {
        int held = _prompts.TryGetValue(session, out (int Tokens, TimeSpan Until) known) && known.Until > now
            ? Math.Min(known.Tokens, tokens)
            : 0;
        _prompts[session] = (tokens, now + Kept);
        return held;
    }
}
