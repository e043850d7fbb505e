using System.Text.Json;
using Lightport.Conversation;
using Lightport.Mcp;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>MCP servers of a test: what their tools answer, and what they were called with.</summary>
internal sealed class FakeMcpServers : IMcpServers
{
    private readonly List<(string Tool, string Arguments)> _calls = [];

    /// <summary>What each server has.</summary>
    public Dictionary<string, McpTool[]> Tools { get; } = new()
    {
        ["docs"] = [Tool("search"), Tool("read")],
    };

    /// <summary>What a tool answers; its own name and arguments where nobody says.</summary>
    public Func<string, string, CancellationToken, Task<McpOutcome>> Answer { get; set; } =
        (tool, arguments, _) => Task.FromResult(Text($"{tool} of {arguments}"));

    /// <summary>Every call that was made, in order.</summary>
    public IReadOnlyList<(string Tool, string Arguments)> Calls => _calls;

    /// <summary>What the server says of the progress of each call, before its answer.</summary>
    public IReadOnlyList<string> Progress { get; set; } = [];

    /// <summary>The server of every call, by its configured label.</summary>
    public List<string> Asked { get; } = [];

    public static McpTool Tool(string name) => new(
        name, JsonElement.Parse("""{"type":"object","properties":{"q":{"type":"string"}}}"""))
    {
        Description = $"Does {name}.",
    };

    public static McpOutcome Text(string text) => new([new TextPart(text)]);

    public ValueTask<IReadOnlyList<McpTool>> ListAsync(
        McpServer server, McpCaller caller, CancellationToken cancellationToken) =>
        Tools.TryGetValue(server.Label, out McpTool[]? tools)
            ? new(tools)
            : ValueTask.FromException<IReadOnlyList<McpTool>>(
                new McpException($"The MCP server '{server.Label}' cannot be reached."));

    public async ValueTask<McpOutcome> CallAsync(
        McpServer server,
        McpTool tool,
        JsonElement arguments,
        McpCaller caller,
        Action<string>? progress,
        CancellationToken cancellationToken)
    {
        lock (_calls)
        {
            _calls.Add((tool.Name, arguments.GetRawText()));
            Asked.Add(server.Label);
        }

        foreach (string word in Progress)
        {
            progress?.Invoke(word);
        }

        return await Answer(tool.Name, arguments.GetRawText(), cancellationToken);
    }
}
