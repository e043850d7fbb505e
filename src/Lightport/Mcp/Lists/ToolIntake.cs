using System.Text.Json;
using Lightport.Conversation;
using ModelContextProtocol.Protocol;

namespace Lightport.Mcp.Lists;

/// <summary>Takes a server's tools one by one, and leaves out what cannot be used, saying why.</summary>
/// <param name="isUsable">Whether the protocol's own rules take it.</param>
internal sealed class ToolIntake(Func<Tool, bool> isUsable)
{
    /// <summary>So many are named; a server that errs in more errs in all.</summary>
    private const int MostNamed = 20;

    private readonly Dictionary<string, McpTool> _tools = new(StringComparer.Ordinal);
    private readonly List<string> _leftOut = [];
    private int _length;

    public IReadOnlyList<string> LeftOut => _leftOut;

    public void Add(Tool tool)
    {
        string schema = tool.InputSchema.GetRawText();
        if (Problem(tool, schema) is { } problem)
        {
            LeaveOut(tool.Name ?? "", problem);
            return;
        }

        var taken = new McpTool(tool.Name, tool.InputSchema)
        {
            Title = Bounded(tool.Title ?? tool.Annotations?.Title),
            Description = tool.Description,
            IsReadOnly = tool.Annotations?.ReadOnlyHint == true,
            IsIdempotent = tool.Annotations is { ReadOnlyHint: true } or { IdempotentHint: true },
        };
        if (!ToolMark.CanBeMade(taken))
        {
            LeaveOut(tool.Name, "its schema has text that is none (half of a surrogate pair)");
            return;
        }

        _length += schema.Length + (tool.Description?.Length ?? 0);
        _tools.Add(tool.Name, taken);
    }

    public void LeaveOut(string name, string problem)
    {
        if (_leftOut.Count < MostNamed)
        {
            _leftOut.Add($"{ShortText.Of(name, McpBounds.LongestName)} ({problem})");
        }
    }

    /// <summary>In the order of their names, whatever the server's: models must be told the same each time.</summary>
    public IReadOnlyList<McpTool> InOrder() =>
        [.. _tools.Values.OrderBy(tool => tool.Name, StringComparer.Ordinal)];

    private string? Problem(Tool tool, string schema) => tool switch
    {
        _ when tool.Name is null or { Length: 0 or > McpBounds.LongestName } || tool.Name.Any(char.IsControl) =>
            "its name cannot be told to a model",
        _ when _tools.ContainsKey(tool.Name) => "there are two of this name",
        _ when _tools.Count >= McpBounds.MostTools => $"there are more than {McpBounds.MostTools}",
        { Description.Length: > McpBounds.LongestDescription } => "its description is too long",
        _ when schema.Length > McpBounds.LongestSchema => "its schema is too long",
        _ when _length + schema.Length > McpBounds.LongestList => "the tools of this server say too much together",
        _ when tool.InputSchema.ValueKind != JsonValueKind.Object => "its schema is no object",
        _ when !SchemaDepth.IsWithin(tool.InputSchema, McpBounds.DeepestSchema) =>
            $"its schema is nested more than {McpBounds.DeepestSchema} deep",
        _ when !isUsable(tool) => "its schema says of HTTP headers what the protocol does not allow",
        _ => null,
    };

    private static string? Bounded(string? title) => title is null ? null : ShortText.Of(title);
}
