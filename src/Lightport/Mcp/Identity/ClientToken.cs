namespace Lightport.Mcp.Identity;

/// <summary>A token that a client has for a server that it names itself.</summary>
internal sealed record ClientToken(string Token) : McpIdentity
{
    /// <summary>A record would print it.</summary>
    public override string ToString() => nameof(ClientToken);
}
