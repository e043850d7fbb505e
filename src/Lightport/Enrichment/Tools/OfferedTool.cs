using System.Text.Json;
using Lightport.Conversation;
using Lightport.Mcp;

namespace Lightport.Enrichment.Tools;

/// <summary>A tool of an MCP server, as a model is offered it.</summary>
/// <param name="Server">Where it is called.</param>
/// <param name="Tool">As its server describes it.</param>
/// <param name="Name">The name that the model sees: the tool's own where nothing else in the request has it.</param>
internal sealed record OfferedTool(McpServer Server, McpTool Tool, string Name)
{
    /// <summary>What its client calls the server: its own label, where it has named the server itself.</summary>
    public string Label { get; init; } = Server.Label;

    /// <summary>Somebody must be asked before it is called: the configuration or the client wants it so.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>
    /// The model is not shown it before a search has named it: its client wants that so, and has sent the search, or
    /// there are too many and the gateway offers one.
    /// </summary>
    public bool IsDeferred { get; init; }

    /// <summary>It finds deferred ones for the model, and takes no place of theirs.</summary>
    public bool IsSearch { get; init; }

    /// <summary>How the gateway itself answers it; null where its server is called.</summary>
    public Func<JsonElement, CancellationToken, ValueTask<McpOutcome>>? Own { get; init; }

    /// <summary>What one run of it costs, in US dollars.</summary>
    public decimal Price => Server.PriceOf(Tool.Name);

    /// <summary>What the model is told of it.</summary>
    public ToolDefinition Definition => new(Name)
    {
        Description = Tool.Description ?? Tool.Title,
        Parameters = Tool.Parameters,
        DeferLoading = IsDeferred,
    };
}
