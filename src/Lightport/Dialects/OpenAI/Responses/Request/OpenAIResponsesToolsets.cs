using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Reads tools of type <c>mcp</c>
/// (https://platform.openai.com/docs/api-reference/responses/create#responses-create-tools).
/// </summary>
internal sealed class OpenAIResponsesToolsets(RequestFields fields)
{
    public const string Type = "mcp";

    private readonly List<McpToolset> _toolsets = [];

    public IReadOnlyList<McpToolset> All => _toolsets;

    /// <summary>Whether a request has any, or brings back what a client was told of one.</summary>
    public static bool AreNamedIn(JsonEnvelope body) => ToolsetScan.AreNamedIn(body, Type, "input");

    /// <param name="index">Its place among the tools.</param>
    /// <exception cref="GatewayException">It is malformed, or its label is another's already.</exception>
    public void Add(JsonElement tool, int index)
    {
        fields.Tally.AddTool();
        string label = McpToolsetFields.Label(fields, tool, "server_label", _toolsets);
        (IReadOnlyList<string>? allowed, bool? readOnly) = AllowedTools(tool);
        _toolsets.Add(new McpToolset(label, $"tools[{index}].{Type}")
        {
            Url = McpToolsetFields.Address(fields, tool, "server_url"),
            Headers = McpToolsetFields.Headers(fields, tool, "headers"),
            Authorization = McpToolsetFields.Token(fields, tool, "authorization"),
            AllowedTools = allowed,
            ReadOnly = readOnly ?? false,
            Approval = Approval(tool),
            DeferLoading = fields.Boolean(tool, "defer_loading") ?? false,
            NativeOnly = NativeOnly(tool, index),
            NativeDialect = DialectIds.OpenAIResponses,
            Native = tool,
        });
    }

    private (IReadOnlyList<string>? Names, bool? ReadOnly) AllowedTools(JsonElement tool) =>
        fields.Find(tool, "allowed_tools") switch
        {
            null => (null, null),
            { ValueKind: JsonValueKind.Object } filter => Filter(filter),
            _ => (McpToolsetFields.Names(fields, tool, "allowed_tools"), null),
        };

    /// <summary>Unsaid, every call is asked about.</summary>
    private McpApproval Approval(JsonElement tool)
    {
        switch (fields.Find(tool, "require_approval"))
        {
            case null:
                return McpApproval.Always;
            case { ValueKind: JsonValueKind.Object } filters:
                JsonElement? always = fields.Object(filters, "always");
                JsonElement? never = fields.Object(filters, "never");
                (IReadOnlyList<string>? alwaysFor, bool? alwaysOfKind) = always is { } asked ? Filter(asked) : default;
                (IReadOnlyList<string>? neverFor, bool? neverOfKind) = never is { } free ? Filter(free) : default;

                // Whoever says only what must be asked about, says that the rest need not be.
                return new McpApproval(Default: always is null || never is not null)
                {
                    AlwaysFor = alwaysFor ?? [],
                    AlwaysForReadOnly = alwaysOfKind,
                    NeverFor = neverFor ?? [],
                    NeverForReadOnly = neverOfKind,
                };
            case { } word:
                return fields.Text(word) switch
                {
                    "always" => McpApproval.Always,
                    "never" => McpApproval.Never,
                    _ => throw fields.Wrong(word, "must be always, never or an object"),
                };
        }
    }

    private (IReadOnlyList<string>? Names, bool? ReadOnly) Filter(JsonElement filter) =>
        (fields.Find(filter, "tool_names") is null ? null : McpToolsetFields.Names(fields, filter, "tool_names"),
            fields.Boolean(filter, "read_only"));

    /// <summary>What leads to a server by OpenAI's own ways alone, and calls that its own programs make.</summary>
    private List<string> NativeOnly(JsonElement tool, int index)
    {
        var only = new List<string>();
        foreach (string name in (ReadOnlySpan<string>)["connector_id", "tunnel_id"])
        {
            if (fields.Text(tool, name) is not null)
            {
                only.Add($"tools[{index}].{name}");
            }
        }

        if (fields.Texts(tool, "allowed_callers").Any(caller => caller != "direct"))
        {
            only.Add($"tools[{index}].allowed_callers");
        }

        return only;
    }
}
