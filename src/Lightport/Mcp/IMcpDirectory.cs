using Lightport.Conversation;

namespace Lightport.Mcp;

/// <summary>Which MCP servers there are, as the configuration in force has them.</summary>
internal interface IMcpDirectory
{
    /// <summary>There is none, nor a host whose servers clients may name: no request is about one.</summary>
    bool IsEmpty { get; }

    /// <summary>See <see cref="McpSettings.AllowsNative"/>.</summary>
    bool AllowsNative { get; }

    /// <summary>The server of that label; null where none is configured.</summary>
    McpServer? Find(string label);

    /// <summary>
    /// The server that a client means, held to the tools that it wants: a configured one by its label, else by its
    /// address, or one at a host that clients may name. Null where it is neither, and so none of the gateway's affair.
    /// </summary>
    /// <param name="mayUse">Whether whoever asks may use a configured server; of others nothing is told.</param>
    /// <exception cref="GatewayException">It may not be asked as the client wants it; the error names the field.
    /// </exception>
    McpServer? Admit(McpToolset toolset, Func<McpServer, bool> mayUse);
}
