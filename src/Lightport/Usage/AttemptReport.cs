using Lightport.Conversation;
using Lightport.Prices;

namespace Lightport.Usage;

/// <summary>What one call to a provider was, with nothing of its content.</summary>
internal sealed record AttemptReport
{
    public required string RequestId { get; init; }

    /// <summary>The door that its request came in by.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Counted over all calls of the request, from 1.</summary>
    public required int Number { get; init; }

    public required string Provider { get; init; }

    /// <summary>The provider's id in the catalog, whatever it is called here.</summary>
    public required string ProviderId { get; init; }

    /// <summary>Which of the provider's accounts; null where it has but one.</summary>
    public string? Account { get; init; }

    /// <summary>The model's name at the provider.</summary>
    public required string Model { get; init; }

    /// <summary>Where it went; null where it did not come so far.</summary>
    public Uri? Address { get; init; }

    /// <summary>Whether its answer was asked for in pieces.</summary>
    public bool Stream { get; init; }

    /// <summary>How it failed; null where it did not.</summary>
    public GatewayError? Error { get; init; }

    /// <summary>What it used; null where the provider cannot have begun, or where that is free.</summary>
    public TokenUsage? Usage { get; init; }

    public FinishReason? Finish { get; init; }

    /// <summary>The provider's id of the answer.</summary>
    public string? ResponseId { get; init; }

    /// <summary>From the gateway's first step on it to the first piece of its answer; null where none came.</summary>
    public TimeSpan? FirstChunk { get; init; }

    /// <summary>What it cost; null where it used nothing.</summary>
    public Cost? Cost { get; init; }

    /// <summary>From the gateway's first step on it to the answer's last byte.</summary>
    public required TimeSpan Duration { get; init; }
}
