using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// The tools of a request: those offered from the start, and those that an item of the input adds or a search has
/// found. Namespaces are laid flat, each tool under a name made of both.
/// </summary>
internal sealed class OpenAIResponsesTools(RequestFields fields)
{
    private const string WebSearch = "web_search";

    private static readonly FrozenSet<string> KnownOfFunction =
        FrozenSet.Create("type", "name", "description", "parameters", "strict", "defer_loading");

    private static readonly FrozenSet<string> KnownOfCustom =
        FrozenSet.Create("type", "name", "description", "format", "defer_loading");

    private readonly List<ToolDefinition> _definitions = [];
    private readonly List<Extension> _leftOut = [];
    private readonly Dictionary<(string Group, string Name), string> _names = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public IReadOnlyList<ToolDefinition> Definitions => _definitions;

    /// <summary>Offers that a model can do without, where its provider has no such tool.</summary>
    public IReadOnlyList<Extension> LeftOut => _leftOut;

    /// <param name="toolsets">Takes those of MCP servers; null where they are the provider's own to add.</param>
    public void Add(IEnumerable<JsonElement> tools, OpenAIResponsesToolsets? toolsets = null)
    {
        int index = 0;
        foreach (JsonElement tool in tools)
        {
            if (toolsets is not null && fields.Find(tool, "type") is { } type && type.Is(OpenAIResponsesToolsets.Type))
            {
                toolsets.Add(tool, index);
            }
            else
            {
                Add(tool, index, found: false);
            }

            index++;
        }
    }

    /// <summary>Adds the tools that a search has found, and are from here on to be offered.</summary>
    /// <returns>Their names.</returns>
    public IReadOnlyList<string> Find(IEnumerable<JsonElement> tools)
    {
        var names = new List<string>();
        foreach (JsonElement tool in tools)
        {
            names.AddRange(Add(tool, names.Count, found: true));
        }

        return names;
    }

    /// <summary>The name of a tool within its namespace, as it is said to a model.</summary>
    public string NameOf(string? group, string name) =>
        group is null ? name : _names.GetValueOrDefault((group, name)) ?? Join(group, name);

    private static string Join(string group, string name) => $"{group}__{name}";

    private List<string> Add(JsonElement tool, int index, bool found)
    {
        string type = fields.RequiredText(tool, "type");
        if (type == "namespace")
        {
            return AddGroup(tool, found);
        }

        if (type.StartsWith(WebSearch, StringComparison.Ordinal))
        {
            if (ChosenSearch() is { } chosen)
            {
                // Whoever must search cannot do without: it is refused by whichever provider has none.
                return [Add(Read(tool, chosen), found)];
            }

            fields.Tally.AddTool();
            _leftOut.Add(new Extension($"tools[{index}].{type}", tool));
            return [];
        }

        return [Add(Read(tool, type), found)];
    }

    /// <summary>The word by which the client demands a search of the web; null where it demands none.</summary>
    private string? ChosenSearch() =>
        fields.Find(fields.Root, "tool_choice") is { ValueKind: JsonValueKind.Object } choice
        && choice.TextOf("type") is { } word && word.StartsWith(WebSearch, StringComparison.Ordinal)
            ? word
            : null;

    /// <summary>What is said of the whole group stands with its first tool, once.</summary>
    private List<string> AddGroup(JsonElement group, bool found)
    {
        string groupName = fields.RequiredText(group, "name");
        string? about = fields.Text(group, "description");
        var names = new List<string>();
        foreach (JsonElement tool in fields.Items(group, "tools"))
        {
            ToolDefinition read = Read(tool, fields.Text(tool, "type") ?? "function");
            string flat = FlatName(groupName, read.Name);
            read = read with
            {
                Name = flat,
                Group = groupName,
                NameInGroup = read.Name,
                Description = names.Count > 0 || string.IsNullOrEmpty(about)
                    ? read.Description
                    : $"{read.Description}\n\n{groupName}: {about}".TrimStart(),
            };
            names.Add(Add(read, found));
        }

        return names;
    }

    /// <summary>The same tool always gets the same name, and no two get one.</summary>
    private string FlatName(string group, string name)
    {
        if (!_names.TryGetValue((group, name), out string? flat))
        {
            flat = Join(group, name);
            while (_taken.Contains(flat))
            {
                flat += "_";
            }

            _names.Add((group, name), flat);
        }

        return flat;
    }

    private string Add(ToolDefinition tool, bool found)
    {
        // A search may find what was declared from the start, or what an earlier one has found.
        if (_taken.Add(tool.Name) || !found)
        {
            _definitions.Add(found ? tool with { DeferLoading = true } : tool);
        }

        return tool.Name;
    }

    private ToolDefinition Read(JsonElement tool, string type)
    {
        fields.Tally.AddTool();
        return type switch
        {
            "function" => Function(tool),
            "custom" => Custom(tool),
            _ when OpenAIResponsesClientTool.OfType(type) is { } known && IsOfClient(tool, type) =>
                StandIn(tool, known),
            _ => new ToolDefinition(type)
            {
                Kind = ToolKind.Server,
                Native = tool,
                NativeDialect = DialectIds.OpenAIResponses,
            },
        };
    }

    private ToolDefinition Function(JsonElement tool)
    {
        IReadOnlyList<Extension> others = fields.Others(tool, KnownOfFunction);
        return new ToolDefinition(fields.RequiredText(tool, "name"))
        {
            Description = fields.Text(tool, "description"),
            Parameters = fields.Object(tool, "parameters"),
            Strict = fields.Boolean(tool, "strict"),
            DeferLoading = fields.Boolean(tool, "defer_loading") ?? false,
            Extensions = others,
            Native = others.Count > 0 ? tool : null,
            NativeDialect = others.Count > 0 ? DialectIds.OpenAIResponses : null,
        };
    }

    private ToolDefinition Custom(JsonElement tool) => new(fields.RequiredText(tool, "name"))
    {
        Kind = ToolKind.Custom,
        Description = fields.Text(tool, "description"),
        Grammar = fields.Object(tool, "format") is { } format && fields.Text(format, "type") == "grammar"
            ? new ToolGrammar(
                fields.RequiredText(format, "syntax"), fields.RequiredText(format, "definition"), "format")
            : null,
        DeferLoading = fields.Boolean(tool, "defer_loading") ?? false,
        Extensions = fields.Others(tool, KnownOfCustom),
        Native = tool,
        NativeDialect = DialectIds.OpenAIResponses,
    };

    private bool IsOfClient(JsonElement tool, string type) => type switch
    {
        OpenAIResponsesClientTool.ToolSearch => fields.Text(tool, "execution") == "client",
        "shell" => fields.Object(tool, "environment") is { } place && fields.Text(place, "type") == "local",
        _ => true,
    };

    private ToolDefinition StandIn(JsonElement tool, OpenAIResponsesClientTool known) => new(known.Type)
    {
        Description = fields.Text(tool, "description") ?? known.Description,
        Parameters = fields.Object(tool, "parameters") ?? known.Schema,
        Native = tool,
        NativeDialect = DialectIds.OpenAIResponses,
    };
}
