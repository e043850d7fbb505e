namespace Lightport.EndToEnd.Upstream;

/// <summary>What a fake provider says, apart from the wire that it says it on.</summary>
internal sealed record ScriptedAnswer
{
    public string? Reasoning { get; init; }

    /// <summary>Comes with the reasoning on Anthropic's wire; OpenAI's has none.</summary>
    public string? Signature { get; init; }

    public string Text { get; init; } = "";

    public IReadOnlyList<ScriptedCall> Calls { get; init; } = [];

    /// <summary>Cut off by the token limit.</summary>
    public bool Truncated { get; init; }

    /// <summary>Streamed with each text in one delta.</summary>
    public bool Uncut { get; init; }

    public ScriptedUsage Usage { get; init; } = new();
}
