using System.Text.Json;
using Lightport.Mcp.Connections;
using Lightport.Transport;
using Lightport.Transport.Tokens;

namespace Lightport.Mcp.Identity;

/// <summary>
/// What an MCP server says of itself as a resource (RFC 9728): its name for tokens, and who gives them. It is asked at
/// its own host alone, so that no answer of a server leads the gateway elsewhere.
/// </summary>
internal static class ProtectedResource
{
    private const string Place = "/.well-known/oauth-protected-resource";

    /// <returns>The server's name of itself; null where it says nothing of itself.</returns>
    /// <exception cref="CredentialException">It is not this issuer's, or says that it is another server.</exception>
    /// <exception cref="SecretUnavailableException">It cannot be asked.</exception>
    public static async Task<string?> NameAsync(
        McpHttp http, McpServer server, string issuer, CancellationToken cancellationToken)
    {
        Uri address = server.Address!;
        string[] places = [Place + address.AbsolutePath.TrimEnd('/'), Place];
        foreach (string place in places.Distinct())
        {
            JsonElement? document = await MetadataDocument
                .ReadAsync(http, new Uri(address, place), server.AllowsPrivate, cancellationToken)
                .ConfigureAwait(false);
            if (document is { } said)
            {
                return Checked(said, address, issuer);
            }
        }

        return null;
    }

    private static string Checked(JsonElement said, Uri address, string issuer)
    {
        string? name = MetadataDocument.Text(said, "resource");
        if (!Uri.TryCreate(name, UriKind.Absolute, out Uri? resource)
            || resource.GetLeftPart(UriPartial.Authority) != address.GetLeftPart(UriPartial.Authority)
            || !$"{address.AbsolutePath.TrimEnd('/')}/".StartsWith(
                $"{resource.AbsolutePath.TrimEnd('/')}/", StringComparison.Ordinal))
        {
            throw new CredentialException("is told of another resource at its address (RFC 9728)");
        }

        return MetadataDocument.Texts(said, "authorization_servers")
            .Any(one => AuthorizationServer.IsSame(one, issuer))
            ? name
            : throw new CredentialException(
                "is told of other authorization servers than the 'issuer' that is written (RFC 9728)");
    }
}
