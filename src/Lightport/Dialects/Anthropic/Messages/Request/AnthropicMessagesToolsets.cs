using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Reads <c>mcp_servers</c> and the tools of type <c>mcp_toolset</c> that say which of their tools are wanted; earlier
/// clients say that in the server's <c>tool_configuration</c>
/// (https://platform.claude.com/docs/en/agents-and-tools/mcp-connector).
/// </summary>
internal sealed class AnthropicMessagesToolsets(RequestFields fields)
{
    public const string Type = "mcp_toolset";
    public const string Servers = "mcp_servers";

    private readonly List<McpToolset> _toolsets = [];

    /// <summary>Whether a request has any, or brings back what a client was told of one.</summary>
    public static bool AreNamedIn(JsonEnvelope body) =>
        NeedFields.HasItems(body, Servers) || ToolsetScan.AreNamedIn(body, Type, "messages");

    /// <summary>Servers as declared, each with the toolset that names it; then toolsets of no such server.</summary>
    /// <exception cref="GatewayException">One is malformed, or named twice.</exception>
    public IReadOnlyList<McpToolset> Decode()
    {
        foreach (JsonElement server in fields.Items(fields.Root, Servers))
        {
            fields.Tally.AddTool();
            _toolsets.Add(Server(server));
        }

        int index = 0;
        foreach (JsonElement tool in fields.Items(fields.Root, "tools"))
        {
            if (fields.Find(tool, "type") is { } type && type.Is(Type))
            {
                fields.Tally.AddTool();
                Add(tool, index);
            }

            index++;
        }

        RefuseUnnamed();
        return _toolsets;
    }

    /// <summary>
    /// Each server must be named by exactly one toolset. Requests of the first version have none at all, and their
    /// servers say themselves what is wanted of them.
    /// </summary>
    private void RefuseUnnamed()
    {
        if (!_toolsets.Exists(toolset => toolset.Native is not null))
        {
            return;
        }

        int index = 0;
        foreach (JsonElement server in fields.Items(fields.Root, Servers))
        {
            if (_toolsets[index++].Native is null)
            {
                throw fields.Wrong(
                    fields.Required(server, "name"), $"names a server that no tool of type {Type} is of");
            }
        }
    }

    private McpToolset Server(JsonElement server)
    {
        string name = McpToolsetFields.Label(fields, server, "name", _toolsets);
        JsonElement? configuration = fields.Object(server, "tool_configuration");
        bool isEnabled = configuration is not { } said || (fields.Boolean(said, "enabled") ?? true);
        return new McpToolset(name, Servers)
        {
            Url = McpToolsetFields.Address(fields, server, "url"),
            Authorization = McpToolsetFields.Token(fields, server, "authorization_token"),
            AllowedTools = !isEnabled ? []
                : configuration is { } listed && fields.Find(listed, "allowed_tools") is not null
                    ? McpToolsetFields.Names(fields, listed, "allowed_tools")
                : null,
            NativeDialect = DialectIds.AnthropicMessages,
            NativeServer = server,
        };
    }

    private void Add(JsonElement tool, int index)
    {
        string name = fields.RequiredText(tool, "mcp_server_name");
        int place = _toolsets.FindIndex(toolset => toolset.Server == name && toolset.Native is null);
        McpToolset toolset = place >= 0
            ? _toolsets[place]
            : new McpToolset(McpToolsetFields.Label(fields, tool, "mcp_server_name", _toolsets), "")
            {
                NativeDialect = DialectIds.AnthropicMessages,
            };
        toolset = Configured(tool, toolset) with
        {
            Field = $"tools[{index}].{Type}",
            NativeOnly = fields.Find(tool, "tools") is null ? [] : [$"tools[{index}].tools"],
            Native = tool,
        };
        if (place >= 0)
        {
            _toolsets[place] = toolset;
        }
        else
        {
            _toolsets.Add(toolset);
        }
    }

    /// <summary>The toolset with what its <c>default_config</c> and <c>configs</c> say of each tool.</summary>
    private McpToolset Configured(JsonElement tool, McpToolset toolset)
    {
        (bool isEnabled, bool isDeferred) = Read(fields.Object(tool, "default_config"), (true, false));
        var enabled = new List<string>();
        var disabled = new List<string>();
        var exceptions = new List<string>();
        foreach (JsonProperty config in fields.Object(tool, "configs")?.EnumerateObject() ?? default)
        {
            fields.Tally.AddTool();
            string name = LenientText.Name(config);
            (bool isWanted, bool waits) = Read(config.Value, (isEnabled, isDeferred));
            (isWanted ? enabled : disabled).Add(name);
            if (waits != isDeferred)
            {
                exceptions.Add(name);
            }
        }

        return toolset with
        {
            AllowedTools = isEnabled ? toolset.AllowedTools : enabled,
            DisabledTools = disabled,
            DeferLoading = isDeferred,
            DeferLoadingExceptions = exceptions,
        };
    }

    private (bool IsEnabled, bool IsDeferred) Read(JsonElement? config, (bool IsEnabled, bool IsDeferred) unsaid) =>
        config is { ValueKind: not JsonValueKind.Null } said
            ? (fields.Boolean(said, "enabled") ?? unsaid.IsEnabled,
                fields.Boolean(said, "defer_loading") ?? unsaid.IsDeferred)
            : unsaid;
}
