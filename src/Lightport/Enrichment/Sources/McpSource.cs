namespace Lightport.Enrichment.Sources;

/// <summary>What an MCP server says beside its tools: a resource, or a prompt that takes no arguments.</summary>
/// <param name="Server">The server's label.</param>
/// <param name="Named">The resource's address at the server, or the prompt's name.</param>
/// <param name="IsPrompt">It is a prompt.</param>
internal sealed record McpSource(string Name, string Server, string Named, bool IsPrompt) : ContextSource(Name);
