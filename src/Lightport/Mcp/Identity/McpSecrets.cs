using Lightport.Transport;

namespace Lightport.Mcp.Identity;

/// <summary>Reads the secrets of servers by their names.</summary>
internal static class McpSecrets
{
    /// <exception cref="McpException">It is not there, or cannot be had just now.</exception>
    public static async ValueTask<string> ReadAsync(
        ISecretSource secrets, McpServer server, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await secrets.GetAsync(name, cancellationToken).ConfigureAwait(false)
                ?? throw new McpException(
                    $"The MCP server '{server.Label}' needs the secret {name}, which is not set.");
        }
        catch (SecretUnavailableException e)
        {
            throw new McpException(
                $"The MCP server '{server.Label}' needs the secret {name}, which cannot be had just now.", e);
        }
    }
}
