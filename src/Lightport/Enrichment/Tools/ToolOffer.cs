using System.Text.Json;
using Lightport.Conversation;
using Lightport.Mcp;

namespace Lightport.Enrichment.Tools;

/// <summary>The tools of MCP servers that one request gets, by the names that the model sees.</summary>
internal sealed class ToolOffer
{
    private readonly Dictionary<string, OfferedTool> _byName = new(StringComparer.Ordinal);
    private readonly List<OfferedTool> _tools = [];
    private readonly HashSet<string> _taken;

    private readonly bool _hasSearch;

    /// <param name="own">The client's tools, which keep their names.</param>
    public ToolOffer(IReadOnlyList<ToolDefinition> own)
    {
        _taken = new HashSet<string>(own.Select(tool => tool.Name), StringComparer.Ordinal);
        _hasSearch = own.Any(tool => tool.IsToolSearch);
    }

    /// <summary>The client has sent a search of its own, by which deferred tools are found.</summary>
    public bool HasSearch => _hasSearch;

    /// <summary>In the order in which the model is told them.</summary>
    public IReadOnlyList<OfferedTool> Tools => _tools;

    /// <summary>What clients that see runs are told of the lists, a part for each server.</summary>
    public List<McpToolListPart> Lists { get; } = [];

    /// <summary>The servers that could not be asked, and why in a word; the request goes on without their tools.
    /// </summary>
    public List<(string Server, string Word)> Away { get; } = [];

    /// <summary>Adds a server's tools, in the order of their names, under the label that its client knows.</summary>
    /// <param name="wish">What the client says of them; null where it says nothing, and the route has them.</param>
    public void Add(McpServer server, McpToolset? wish, IReadOnlyList<McpTool> tools)
    {
        string label = wish?.Server ?? server.Label;
        var told = new List<ToolDefinition>();
        foreach (McpTool tool in tools.OrderBy(tool => tool.Name, StringComparer.Ordinal))
        {
            if (wish?.Wants(tool.Name, tool.IsReadOnly) == false || Find(label, tool.Name) is not null)
            {
                continue;
            }

            var offered = new OfferedTool(server, tool, FreeName(label, tool.Name))
            {
                Label = label,
                IsDeferred = _hasSearch && wish?.Defers(tool.Name) == true,
                NeedsApproval = server.Approval.IsNeededFor(tool.Name, tool.IsReadOnly)
                    || wish?.Approval?.IsNeededFor(tool.Name, tool.IsReadOnly) == true,
            };
            _tools.Add(offered);
            _byName.Add(offered.Name, offered);
            told.Add(NamedByItsServer(offered));
        }

        Lists.Add(new McpToolListPart(label, told));
    }

    /// <summary>Adds a tool that the gateway itself answers, which clients are told as one of its own.</summary>
    /// <param name="answer">Is called with arguments that fit.</param>
    /// <param name="isSearch">It finds others.</param>
    public void AddOwn(
        McpTool tool, Func<JsonElement, CancellationToken, ValueTask<McpOutcome>> answer, bool isSearch = false)
    {
        var offered = new OfferedTool(McpServer.Own, tool, FreeName(McpServer.Own.Label, tool.Name))
        {
            Own = answer,
            IsSearch = isSearch,
        };
        _tools.Add(offered);
        _byName.Add(offered.Name, offered);
        int place = Lists.FindIndex(list => list.Server == offered.Label);
        IReadOnlyList<ToolDefinition> before = place < 0 ? [] : Lists[place].Tools;
        var told = new McpToolListPart(offered.Label, [.. before, NamedByItsServer(offered)]);
        if (place < 0)
        {
            Lists.Add(told);
        }
        else
        {
            Lists[place] = told;
        }
    }

    /// <summary>Shows the model the others only where a search names them.</summary>
    /// <param name="shown">Places of those that it is shown from the first.</param>
    public void DeferAllBut(IReadOnlyCollection<int> shown)
    {
        for (int place = 0; place < _tools.Count; place++)
        {
            if (!shown.Contains(place))
            {
                _tools[place] = _tools[place] with { IsDeferred = true };
                _byName[_tools[place].Name] = _tools[place];
            }
        }
    }

    /// <summary>The tool of that name; null where the gateway offers none.</summary>
    public OfferedTool? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>A server's tool by its name there, and the label that the client knows; null for none.</summary>
    public OfferedTool? Find(string server, string name) =>
        _tools.Find(tool => tool.Label == server && tool.Tool.Name == name);

    /// <summary>Whether a server was asked for its tools.</summary>
    public bool Has(string server) => Lists.Exists(list => list.Server == server);

    private static ToolDefinition NamedByItsServer(OfferedTool tool) =>
        tool.Name == tool.Tool.Name ? tool.Definition : tool.Definition with { Name = tool.Tool.Name };

    /// <summary>A tool's own name, or with its server's label before it where it is taken.</summary>
    private string FreeName(string label, string name)
    {
        string free = name;
        for (int number = 1; !_taken.Add(free); number++)
        {
            free = number == 1 ? $"{label}__{name}" : $"{label}__{name}_{number}";
        }

        return free;
    }
}
