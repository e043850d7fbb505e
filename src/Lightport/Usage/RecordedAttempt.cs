using Lightport.Conversation;
using Lightport.Prices;

namespace Lightport.Usage;

/// <summary>What is kept of one call to a provider when its request is over, with nothing of its content.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="Model">The model's name there.</param>
public sealed record RecordedAttempt(string Provider, string Model)
{
    /// <summary>Which of the provider's accounts; null where it has but one.</summary>
    public string? Account { get; init; }

    /// <summary>The model's name is a client's own, in whole or in part, and may be that of no model.</summary>
    public bool NamedByClient { get; init; }

    /// <summary>From the request's arrival to the attempt's beginning.</summary>
    public TimeSpan StartedAfter { get; init; }

    /// <summary>From the gateway's first step on it to the answer's last byte.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How it failed; null where it did not.</summary>
    public GatewayError? Error { get; init; }

    /// <summary>What it used; null where the provider cannot have begun.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>What it cost; null where it used nothing.</summary>
    public Cost? Cost { get; init; }

    /// <summary>Its answer is a part of the client's, which went on from another: it was not for nothing.</summary>
    public bool IsRound { get; init; }

    /// <summary>The request's fields that the target could not carry.</summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];
}
