using Lightport.Conversation;
using Lightport.Mcp.Identity;

namespace Lightport.Mcp;

/// <summary>Which MCP servers there are, and whose a client may name beside them.</summary>
/// <param name="Servers">In the order of the configuration.</param>
/// <param name="Hosts">Names with <c>*</c> (<c>*.contoso.com</c>); with a port where it is not https's own.</param>
internal sealed record McpSettings(IReadOnlyList<McpServer> Servers, IReadOnlyList<string> Hosts)
{
    public static McpSettings None { get; } = new([], []);

    /// <summary>
    /// Clients may name servers that are neither, for providers that call them themselves; where a route says nothing
    /// else.
    /// </summary>
    public bool AllowsNative { get; init; }

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
    /// The server that a client means: the configured one of its label, or of its address, or another at a host that is
    /// admitted. No other label, and no other way to write an address, leads past what is configured.
    /// </summary>
    /// <param name="mayUse">
    /// Whether whoever asks may use a configured server. Of several at one address those are told that they may, and
    /// only one of them is the one that they mean; whoever may use none is told of none.
    /// </param>
    /// <returns>Null where it is neither, so that the gateway does not call it.</returns>
    /// <exception cref="GatewayException">
    /// A 400: label and address say different servers, or the address several; or the client wants a configured server
    /// to be told who calls, which the configuration alone says.
    /// </exception>
    public McpServer? Admit(McpToolset toolset, Func<McpServer, bool> mayUse)
    {
        McpServer? labelled = Find(toolset.Server);
        if (toolset.Url is null)
        {
            return labelled is null ? null : Configured(labelled, toolset);
        }

        if (!Uri.TryCreate(toolset.Url, UriKind.Absolute, out Uri? address))
        {
            return null;
        }

        McpServer[] there = At(address);
        return (labelled, there) switch
        {
            ({ } known, _) => there.Contains(known) ? Configured(known, toolset) : throw Elsewhere(toolset),
            (_, []) => Admits(address) ? Named(toolset, address) : null,
            (_, [var only]) => Configured(only, toolset),
            _ => OneOf([.. there.Where(mayUse)], toolset) ?? Configured(there[0], toolset),
        };
    }

    /// <summary>The servers whose address it is; where it is none's to the letter, those whose place it is.</summary>
    private McpServer[] At(Uri address)
    {
        McpServer[] exact = [.. Servers.Where(server => server.Address == address)];
        return exact.Length > 0
            ? exact
            : [.. Servers.Where(server => server.Address is { } own && ServerPlace.IsSame(own, address))];
    }

    /// <returns>Null where there is none.</returns>
    private static McpServer? OneOf(McpServer[] usable, McpToolset toolset) => usable switch
    {
        [] => null,
        [var only] => Configured(only, toolset),
        _ => throw Ambiguous(toolset, usable),
    };

    private static GatewayException Elsewhere(McpToolset toolset) => GatewayException.BadRequest(
        $"The MCP server '{toolset.Server}' is one of this gateway's own and has another address. Leave the address "
        + "out, or choose another label.",
        toolset.Field,
        "mcp_server_mismatch");

    private static GatewayException Ambiguous(McpToolset toolset, McpServer[] there) => GatewayException.BadRequest(
        $"Several MCP servers of this gateway's have the address of '{toolset.Server}': "
        + $"{string.Join(", ", there.Select(server => $"'{server.Label}'"))}. Name the one that is meant by its label.",
        toolset.Field,
        "mcp_server_ambiguous");

    private static McpServer Configured(McpServer server, McpToolset toolset) =>
        toolset.Authorization is null && toolset.Headers.Count == 0
            ? server with { AskedTools = toolset.AllowedTools, ReadOnly = toolset.ReadOnly }
            : throw new GatewayException(GatewayError.BadRequest(
                $"The MCP server '{toolset.Server}' is one of this gateway's own, which is shown the gateway's "
                + "identity alone; leave out 'authorization' and 'headers'.",
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
