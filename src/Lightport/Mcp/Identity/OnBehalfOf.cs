namespace Lightport.Mcp.Identity;

/// <summary>
/// A token in the name of the signed-in user, for whose own it is exchanged: by RFC 8693, or as Entra does it
/// (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow).
/// </summary>
/// <param name="Gateway">Where tokens are exchanged, and who the gateway is there.</param>
/// <param name="IsEntra">It is a JWT bearer grant with <c>requested_token_use=on_behalf_of</c>.</param>
internal sealed record OnBehalfOf(ClientCredentials Gateway, bool IsEntra) : McpIdentity
{
    public override bool IsUsers => true;
}
