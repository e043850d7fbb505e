using System.Text.Json;
using Lightport.Conversation;
using Lightport.Mcp;

namespace Lightport.Tests.McpDoor;

/// <summary>MCP servers as a test has them, without a network.</summary>
internal sealed class ScriptedServers : IMcpServers
{
    private readonly Dictionary<string, McpTool[]> _tools = [];

    /// <summary>What was called, in order: server, tool, arguments.</summary>
    public List<(string Server, string Tool, string Arguments)> Calls { get; } = [];

    public McpCaller? LastCaller { get; private set; }

    public Func<Action<string>?, CancellationToken, ValueTask<McpOutcome>> Answer { get; set; } =
        (_, _) => new(new McpOutcome([new TextPart("done")]));

    public ScriptedServers Has(string label, params McpTool[] tools)
    {
        _tools.Add(label, tools);
        return this;
    }

    public static McpTool Tool(string name, string schema = """{"type":"object"}""") =>
        new(name, JsonElement.Parse(schema)) { Description = $"About {name}.", IsReadOnly = true };

    public ValueTask<IReadOnlyList<McpTool>> ListAsync(
        McpServer server, McpCaller caller, CancellationToken cancellationToken) =>
        _tools.TryGetValue(server.Label, out McpTool[]? tools)
            ? new(tools)
            : throw new McpException("It is away.");

    public ValueTask<McpOutcome> CallAsync(
        McpServer server,
        McpTool tool,
        JsonElement arguments,
        McpCaller caller,
        Action<string>? progress,
        CancellationToken cancellationToken)
    {
        Calls.Add((server.Label, tool.Name, arguments.GetRawText()));
        LastCaller = caller;
        return Answer(progress, cancellationToken);
    }
}
