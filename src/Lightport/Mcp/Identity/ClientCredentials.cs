namespace Lightport.Mcp.Identity;

/// <summary>A token for the gateway itself, by OAuth's client credentials (RFC 6749, section 4.4).</summary>
/// <param name="TokenAddress">Where tokens are asked for; null where the issuer says that.</param>
/// <param name="ClientId">Who the gateway is there.</param>
/// <param name="Secret">The name of the secret that it shows, or signs with.</param>
internal sealed record ClientCredentials(Uri? TokenAddress, string ClientId, string Secret) : McpIdentity
{
    /// <summary>
    /// Who gives the tokens, and says where (RFC 8414); null where the address is known. The secret is shown to nobody
    /// else, whatever a server says.
    /// </summary>
    public string? Issuer { get; init; }

    /// <summary>The secret is a private key, by which the gateway signs who it is (RFC 7523).</summary>
    public bool Signs { get; init; }

    /// <summary>What the token is to open; null where the server that gives it knows.</summary>
    public string? Scope { get; init; }

    /// <summary>Scopes that a token may be asked for besides, where the server says that a call needs them; names with
    /// <c>*</c>.</summary>
    public IReadOnlyList<string> StepUp { get; init; } = [];

    /// <summary>The server that it is for (RFC 8707); null where it is not said.</summary>
    public string? Resource { get; init; }

    /// <summary>The address is not public, and that is meant.</summary>
    public bool AllowsPrivate { get; init; }
}
