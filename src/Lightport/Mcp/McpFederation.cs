namespace Lightport.Mcp;

/// <summary>What of a server the clients of the gateway's own MCP server get.</summary>
/// <param name="Tools">As <c>label__tool</c>.</param>
/// <param name="Resources">As <c>lightport:label/uri</c>, their templates too.</param>
/// <param name="Prompts">As <c>label__prompt</c>.</param>
internal sealed record McpFederation(bool Tools, bool Resources, bool Prompts)
{
    /// <summary>Where nobody says otherwise: whoever listed a server for its tools need not mean its files.</summary>
    public static McpFederation OfTools { get; } = new(Tools: true, Resources: false, Prompts: false);
}
