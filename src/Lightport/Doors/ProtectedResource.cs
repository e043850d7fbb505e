using System.Text.Json;
using Lightport.Admission;
using Lightport.Admission.Identity;
using Lightport.Conversation;
using Lightport.Exchanges;
using Microsoft.AspNetCore.Http;

namespace Lightport.Doors;

/// <summary>
/// Tells a client whose token opens the MCP door, so that it can have its user sign in there (RFC 9728:
/// https://www.rfc-editor.org/rfc/rfc9728). Where keys alone are taken there is nothing to tell.
/// </summary>
internal static class ProtectedResource
{
    private const string WellKnown = "/.well-known/oauth-protected-resource";

    /// <summary>The error; a client of the MCP door that came without a good token is told where to look.</summary>
    public static GatewayException Refusal(Exchange exchange, GatewayError error, AdmissionSettings settings)
    {
        if (exchange.Endpoint.Kind != EndpointKind.Mcp || error.Status != 401 || settings.Identity is not { } identity)
        {
            return new GatewayException(error);
        }

        string challenge = $"Bearer resource_metadata=\"{Address(exchange, identity, WellKnown)}"
            + $"{GatewayEndpoints.Mcp.Path}\"";
        string scopes = string.Join(' ', Scopes(identity));
        return new GatewayException(error with
        {
            Headers =
            [
                .. error.Headers,
                new("WWW-Authenticate", scopes.Length == 0 ? challenge : $"{challenge}, scope=\"{scopes}\""),
            ],
        });
    }

    public static void Write(Utf8JsonWriter writer, Exchange exchange, IdentitySettings identity)
    {
        writer.WriteStartObject();
        writer.WriteString("resource"u8, Address(exchange, identity, GatewayEndpoints.Mcp.Path));
        writer.WriteString("resource_name"u8, "Lightport"u8);
        writer.WriteStartArray("authorization_servers"u8);
        foreach (TrustedIssuer issuer in identity.Issuers)
        {
            writer.WriteStringValue(issuer.Name);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("bearer_methods_supported"u8);
        writer.WriteStringValue("header"u8);
        writer.WriteEndArray();
        WriteScopes(writer, Scopes(identity));
        writer.WriteEndObject();
    }

    private static void WriteScopes(Utf8JsonWriter writer, string[] scopes)
    {
        if (scopes.Length > 0)
        {
            writer.WriteStartArray("scopes_supported"u8);
            foreach (string scope in scopes)
            {
                writer.WriteStringValue(scope);
            }

            writer.WriteEndArray();
        }
    }

    private static string[] Scopes(IdentitySettings identity) =>
        [.. identity.Issuers.SelectMany(issuer => issuer.Scopes).Distinct(StringComparer.Ordinal)];

    private static string Address(Exchange exchange, IdentitySettings identity, string path) =>
        (identity.Address ?? AddressOf(exchange.Context.Request)).AbsoluteUri.TrimEnd('/') + path;

    /// <summary>
    /// By which the client came, as it must compare it with what it is told; a proxy before the gateway says what that
    /// was. Whoever makes it up is told what they made up, and nobody else is, since nothing keeps the answer.
    /// </summary>
    private static Uri AddressOf(HttpRequest request)
    {
        string scheme = First(request.Headers["X-Forwarded-Proto"]) ?? request.Scheme;
        string host = First(request.Headers["X-Forwarded-Host"]) ?? request.Host.Value!;
        return scheme is "http" or "https"
            && Uri.TryCreate($"{scheme}://{host}{request.PathBase}", UriKind.Absolute, out Uri? address)
            && address is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 }
                ? address
                : throw GatewayException.BadRequest("The request's 'Host' is no host's name.");
    }

    private static string? First(string? list) =>
        string.IsNullOrWhiteSpace(list) ? null : list.Split(',')[0].Trim();
}
