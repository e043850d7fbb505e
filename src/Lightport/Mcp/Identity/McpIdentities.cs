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

    private async ValueTask<ShownIdentity> SecretAsync(
        McpServer server, SecretHeader of, CancellationToken cancellationToken)
    {
        string value = await McpSecrets.ReadAsync(secrets, server, of.Secret, cancellationToken).ConfigureAwait(false);
        return of.Header is { } header ? new(header, value) : ShownIdentity.Bearer(value);
    }
}
