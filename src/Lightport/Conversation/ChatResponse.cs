namespace Lightport.Conversation;

/// <summary>A whole answer.</summary>
public sealed record ChatResponse
{
    /// <summary>The provider's id of the answer; empty where it gave none.</summary>
    public string Id { get; init; } = "";

    /// <summary>The model that answered, as the provider names it.</summary>
    public string Model { get; init; } = "";

    /// <summary>Seconds since 1970-01-01T00:00:00Z; 0 where the provider did not say.</summary>
    public long Created { get; init; }

    public IReadOnlyList<ChatChoice> Choices { get; init; } = [];

    public TokenUsage? Usage { get; init; }

    public string? ServiceTier { get; init; }

    /// <summary>The gateway's runs of tools in it, for clients that ask to be told of them.</summary>
    public IReadOnlyList<RunReport> Runs { get; init; } = [];
}
