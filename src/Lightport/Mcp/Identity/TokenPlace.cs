namespace Lightport.Mcp.Identity;

/// <summary>Where a token is asked for, and how the gateway says there who it is.</summary>
/// <param name="Audience">Whom the gateway's signature is for: the issuer, where it is known.</param>
internal sealed record TokenPlace(Uri Address, string Audience)
{
    /// <summary>The secret is shown by HTTP's basic scheme; else in the form.</summary>
    public bool TakesBasic { get; init; } = true;

    /// <summary>The server that the token is for (RFC 8707); null where it is not said.</summary>
    public string? Resource { get; init; }

    /// <summary>As it is written, or as the server and the issuer say it.</summary>
    /// <exception cref="Transport.Tokens.CredentialException">They do not fit what is written.</exception>
    /// <exception cref="Transport.SecretUnavailableException">One of them says nothing of it just now.</exception>
    public static async Task<TokenPlace> FindAsync(
        Connections.McpHttp http,
        McpServer server,
        ClientCredentials credentials,
        CancellationToken cancellationToken)
    {
        if (credentials.TokenAddress is { } written)
        {
            return new TokenPlace(written, written.AbsoluteUri) { Resource = credentials.Resource };
        }

        string? resource = await ProtectedResource
            .NameAsync(http, server, credentials.Issuer!, cancellationToken)
            .ConfigureAwait(false);
        TokenPlace place =
            await AuthorizationServer.FindAsync(http, credentials, cancellationToken).ConfigureAwait(false);
        return place with { Resource = credentials.Resource ?? resource };
    }
}
