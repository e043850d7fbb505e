using Lightport.Transport;

namespace Lightport.Mcp.Identity;

/// <summary>Finds what servers are shown: secrets by their names, tokens by what they are exchanged for.</summary>
internal sealed class McpIdentities(ISecretSource secrets, McpTokens tokens)
{
    /// <summary>What the server is shown; null where it is shown nothing.</summary>
    /// <exception cref="McpException">It cannot be had; the message says why and what to do.</exception>
    public async ValueTask<ShownIdentity?> ShownAsync(
        McpServer server, McpCaller caller, CancellationToken cancellationToken) => server.Identity switch
    {
        null => null,
        ClientToken client => ShownIdentity.Bearer(client.Token),
        SecretHeader of => await SecretAsync(server, of, cancellationToken).ConfigureAwait(false),
        _ => ShownIdentity.Bearer(await tokens.GetAsync(server, caller, cancellationToken).ConfigureAwait(false)),
    };

    /// <summary>The server refused what it was shown: the next is not out of memory.</summary>
    /// <returns>Whether another may be had.</returns>
    public bool Forget(McpServer server, McpCaller caller)
    {
        switch (server.Identity)
        {
            case SecretHeader of:
                secrets.Invalidate(of.Secret);
                return true;
            case ClientCredentials or OnBehalfOf:
                tokens.Forget(server, caller);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The server says that a call needs scopes that what it was shown has not.</summary>
    /// <returns>Whether something with them may be had.</returns>
    public bool StepUp(McpServer server, McpCaller caller, IReadOnlyList<string> scopes) =>
        server.Identity is ClientCredentials or OnBehalfOf
        && scopes.Count > 0
        && tokens.StepUp(server, caller, scopes);

    private async ValueTask<ShownIdentity> SecretAsync(
        McpServer server, SecretHeader of, CancellationToken cancellationToken)
    {
        string value = await McpSecrets.ReadAsync(secrets, server, of.Secret, cancellationToken).ConfigureAwait(false);
        return of.Header is { } header ? new(header, value) : ShownIdentity.Bearer(value);
    }
}
