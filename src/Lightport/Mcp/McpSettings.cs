using Lightport.Conversation;
using Lightport.Mcp.Identity;

namespace Lightport.Mcp;

/// <summary>Which MCP servers there are, and whose a client may name beside them.</summary>
/// <param name="Servers">In the order of the configuration.</param>
/// <param name="Hosts">Names with <c>*</c> (<c>*.contoso.com</c>); with a port where it is not https's own.</param>
internal sealed record McpSettings(IReadOnlyList<McpServer> Servers, IReadOnlyList<string> Hosts)
{
    public static McpSettings None { get; } = new([], []);

    /// <summary>The configured server of that label; null where there is none.</summary>
    public McpServer? Find(string label)
    {
        foreach (McpServer server in Servers)
        {
            if (server.Label == label)
            {
                return server;
            }
        }

        return null;
    }

    /// <summary>
    /// The server that a client means: a configured one by its label or address, or another at a host that is admitted.
    /// </summary>
    /// <returns>Null where it is neither, so that the gateway does not call it.</returns>
    /// <exception cref="GatewayException">
    /// A 400: a configured server is told by the configuration alone who calls, and what a client says is not sent on.
    /// </exception>
    public McpServer? Admit(McpToolset toolset)
    {
        if (toolset.Url is null)
        {
            return Find(toolset.Server) is { } labelled ? Configured(labelled, toolset) : null;
        }

        if (!Uri.TryCreate(toolset.Url, UriKind.Absolute, out Uri? address))
        {
            return null;
        }

        foreach (McpServer server in Servers)
        {
            if (server.Address == address)
            {
                return Configured(server, toolset);
            }
        }

        return Admits(address) ? Named(toolset, address) : null;
    }

    private static McpServer Configured(McpServer server, McpToolset toolset) =>
        toolset.Authorization is null && toolset.Headers.Count == 0
            ? server with { AskedTools = toolset.AllowedTools, ReadOnly = toolset.ReadOnly }
            : throw new GatewayException(GatewayError.BadRequest(
                $"The MCP server '{server.Label}' is one of this gateway's own, which is shown the gateway's identity "
                + "alone; leave out 'authorization' and 'headers'.",
                toolset.Field,
                "mcp_authorization_refused"));

    private static McpServer Named(McpToolset toolset, Uri address) => new(toolset.Server)
    {
        Address = address,
        Identity = toolset.Authorization is { } token ? new ClientToken(token) : null,
        Headers = ClientHeaders.Checked(toolset),
        AskedTools = toolset.AllowedTools,
        ReadOnly = toolset.ReadOnly,
        Pin = null,
    };

    /// <summary>A client's address is always one with TLS, whatever an operator may write for a server.</summary>
    private bool Admits(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps || address.UserInfo.Length > 0)
        {
            return false;
        }

        string host = address.IsDefaultPort ? address.IdnHost : $"{address.IdnHost}:{address.Port}";
        foreach (string pattern in Hosts)
        {
            if (NamePattern.Fits(pattern, host, ignoreCase: true))
            {
                return true;
            }
        }

        return false;
    }
}
