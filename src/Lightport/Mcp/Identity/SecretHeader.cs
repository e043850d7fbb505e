namespace Lightport.Mcp.Identity;

/// <summary>A secret in a header.</summary>
/// <param name="Secret">The secret's name.</param>
/// <param name="Header">Null for <c>Authorization: Bearer</c>.</param>
internal sealed record SecretHeader(string Secret, string? Header) : McpIdentity;
