namespace Lightport.EndToEnd.Upstream;

/// <summary>Tokens by class. OpenAI's wire has no word for cache writes, Anthropic's none for reasoning.</summary>
internal sealed record ScriptedUsage(
    int Input = 20, int CacheRead = 0, int CacheWrite = 0, int Output = 12, int Reasoning = 0);
