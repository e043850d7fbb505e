namespace Lightport.EndToEnd.Upstream;

/// <summary>Tokens as a provider counts them. OpenAI's wire cannot tell cache writes, Anthropic's cannot tell reasoning.</summary>
internal sealed record ScriptedUsage(
    int Input = 20, int CacheRead = 0, int CacheWrite = 0, int Output = 12, int Reasoning = 0);
