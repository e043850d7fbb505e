namespace Lightport.Transport.Tokens;

/// <summary>A token as a provider is shown it, after <c>Bearer</c>.</summary>
/// <param name="Value">The token itself: as secret as the credential, for as long as it lasts.</param>
/// <param name="ExpiresAt">When it ends; <see cref="DateTimeOffset.MaxValue"/> where that is not known.</param>
public sealed record ProviderToken(string Value, DateTimeOffset ExpiresAt)
{
    /// <summary>When its issuer would have it renewed; null for shortly before its end.</summary>
    public DateTimeOffset? RefreshAt { get; init; }

    /// <summary>A record would print the token.</summary>
    public override string ToString() => FormattableString.Invariant($"token until {ExpiresAt:u}");
}
