namespace Lightport.Mcp.Identity;

/// <summary>How the gateway shows an MCP server who it is.</summary>
internal abstract record McpIdentity
{
    /// <summary>The server is asked in the name of whoever is signed in, so that answers may differ from user to user.
    /// </summary>
    public virtual bool IsUsers => false;
}
