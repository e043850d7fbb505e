using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Reads tools of type <c>mcp_server</c> (https://ai.google.dev/api/interactions-api).</summary>
internal sealed class GoogleInteractionsToolsets(RequestFields fields)
{
    public const string Type = "mcp_server";

    private const string Allowed = "allowed_tools";

    private readonly List<McpToolset> _toolsets = [];

    public IReadOnlyList<McpToolset> All => _toolsets;

    /// <summary>Whether a request has any, or brings back what a client was told of one.</summary>
    public static bool AreNamedIn(JsonEnvelope body) => ToolsetScan.AreNamedIn(body, Type, "input");

    /// <param name="index">Its place among the tools.</param>
    /// <exception cref="GatewayException">It is malformed, or its name is another's already.</exception>
    public void Add(JsonElement tool, int index)
    {
        fields.Tally.AddTool();
        string name = McpToolsetFields.Label(fields, tool, "name", _toolsets);
        string field = $"tools[{index}].{Type}";
        (IReadOnlyList<string>? wanted, IReadOnlyList<string> unwanted, bool forces) = AllowedTools(tool);
        _toolsets.Add(new McpToolset(name, field)
        {
            Url = McpToolsetFields.Address(fields, tool, "url"),
            Headers = McpToolsetFields.Headers(fields, tool, "headers"),
            AllowedTools = wanted,
            DisabledTools = unwanted,
            NativeOnly = forces ? [$"tools[{index}].{Allowed}.mode"] : [],
            NativeDialect = DialectIds.GoogleInteractions,
            Native = tool,
        });
    }

    /// <summary>
    /// A list of choices, each a mode and names: which may be called is the gateway's affair, that one must be is not.
    /// </summary>
    private (IReadOnlyList<string>? Wanted, IReadOnlyList<string> Unwanted, bool Forces) AllowedTools(JsonElement tool)
    {
        List<string>? wanted = null;
        var unwanted = new List<string>();
        bool allowsAll = false;
        bool forces = false;
        foreach (JsonElement choice in fields.Items(tool, Allowed))
        {
            fields.Tally.AddTool();
            IReadOnlyList<string>? names =
                fields.Find(choice, "tools") is null ? null : McpToolsetFields.Names(fields, choice, "tools");
            string? mode = fields.Text(choice, "mode")?.ToLowerInvariant();
            switch (mode)
            {
                case "none" when names is null:
                    return ([], [], false);
                case "none":
                    unwanted.AddRange(names);
                    break;
                case null or "auto" or "any" or "validated":
                    forces |= mode is "any" or "validated";
                    allowsAll |= names is null;
                    wanted = [.. wanted ?? [], .. names ?? []];
                    break;
                default:
                    throw fields.Wrong(fields.Required(choice, "mode"), "must be auto, any, none or validated");
            }
        }

        return (allowsAll ? null : wanted, unwanted, forces);
    }
}
