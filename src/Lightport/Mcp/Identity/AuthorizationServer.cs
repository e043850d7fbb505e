using System.Text.Json;
using Lightport.Mcp.Connections;
using Lightport.Transport;
using Lightport.Transport.Tokens;

namespace Lightport.Mcp.Identity;

/// <summary>What an authorization server says of itself (RFC 8414, or OpenID Connect Discovery).</summary>
internal static class AuthorizationServer
{
    private const string OAuth = "/.well-known/oauth-authorization-server";
    private const string OpenId = "/.well-known/openid-configuration";

    /// <summary>Identifiers are compared as they are, but for a slash at the end, which some add.</summary>
    public static bool IsSame(string one, string other) =>
        string.Equals(one.TrimEnd('/'), other.TrimEnd('/'), StringComparison.Ordinal);

    /// <exception cref="CredentialException">It is another, or takes no secret as the gateway shows it.</exception>
    /// <exception cref="SecretUnavailableException">It says nothing of itself just now.</exception>
    public static async Task<TokenPlace> FindAsync(
        McpHttp http, ClientCredentials credentials, CancellationToken cancellationToken)
    {
        var issuer = new Uri(credentials.Issuer!);
        string path = issuer.AbsolutePath.TrimEnd('/');
        string[] places = [OAuth + path, OpenId + path, path + OpenId];
        foreach (string place in places.Distinct())
        {
            if (await MetadataDocument.ReadAsync(
                http, new Uri(issuer, place), credentials.AllowsPrivate, cancellationToken).ConfigureAwait(false)
                is { } said)
            {
                return Checked(said, credentials);
            }
        }

        throw new SecretUnavailableException($"{issuer.Host} does not say where it gives tokens (RFC 8414).");
    }

    /// <summary>Nobody but who is written sees the secret, whatever is said at the place of its metadata.</summary>
    private static bool IsAtOrigin(Uri address, Uri issuer) =>
        (address.Scheme, address.IdnHost, address.Port) == (issuer.Scheme, issuer.IdnHost, issuer.Port);

    private static TokenPlace Checked(JsonElement said, ClientCredentials credentials)
    {
        if (!IsSame(MetadataDocument.Text(said, "issuer") ?? "", credentials.Issuer!))
        {
            throw new CredentialException("finds another issuer where 'issuer' is (RFC 8414)");
        }

        if (!Uri.TryCreate(MetadataDocument.Text(said, "token_endpoint"), UriKind.Absolute, out Uri? address)
            || address.UserInfo.Length > 0
            || !(address.Scheme == Uri.UriSchemeHttps
                || (credentials.AllowsPrivate && address.Scheme == Uri.UriSchemeHttp)))
        {
            throw new CredentialException("is told no address with https where its issuer gives tokens");
        }

        if (!IsAtOrigin(address, new Uri(credentials.Issuer!)))
        {
            throw new CredentialException("is led away from its issuer for a token, by what that says of itself; where "
                + "that is meant, the address stands in the configuration as 'token-url', in place of 'issuer'");
        }

        string[] methods = [.. MetadataDocument.Texts(said, "token_endpoint_auth_methods_supported")];
        bool takesBasic = methods.Length == 0 || methods.Contains("client_secret_basic");
        bool fits = methods.Length == 0 || (credentials.Signs
            ? methods.Contains("private_key_jwt")
            : takesBasic || methods.Contains("client_secret_post"));
        return fits
            ? new TokenPlace(address, credentials.Issuer!) { TakesBasic = takesBasic }
            : throw new CredentialException(
                $"may only say who it is by {string.Join(", ", methods.Take(5))} where its issuer gives tokens");
    }
}
