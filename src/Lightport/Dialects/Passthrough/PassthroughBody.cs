using Lightport.Conversation;

namespace Lightport.Dialects.Passthrough;

/// <summary>A whole answer on its way through.</summary>
/// <param name="Body">What the client gets: the provider's own bytes unless they had to be mended.</param>
internal readonly record struct PassthroughBody(ReadOnlyMemory<byte> Body)
{
    public TokenUsage? Usage { get; init; }

    public FinishReason? Finish { get; init; }

    public string? Id { get; init; }

    public string? Model { get; init; }

    /// <summary>The service that the provider says it was served at; null where it says none.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>The answer is an error in spite of its status.</summary>
    public GatewayError? Error { get; init; }
}
