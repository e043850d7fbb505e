using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Enrichment.Tools;
using Lightport.Mcp;
using ModelContextProtocol.Protocol;

namespace Lightport.McpDoor;

/// <summary>A tool of a configured MCP server as clients of the gateway's own know it.</summary>
internal sealed record ServerTool(McpServer Server, McpTool Tool)
{
    /// <summary>Stands between the server's label and the tool's name, and in no name of the gateway's own.</summary>
    public const string Mark = "__";

    /// <summary>Which argument is to be repeated in which header (SEP-2243): that is between the gateway and its
    /// server, to whom it repeats them itself.</summary>
    private const string HeaderKey = "x-mcp-header";

    /// <summary>https://modelcontextprotocol.io/specification/2025-11-25/server/tools#tool-names</summary>
    private const int LongestName = 128;

    public string Name => Server.Label + Mark + Tool.Name;

    /// <summary>The same as a model would be offered it.</summary>
    public OfferedTool Offered => new(Server, Tool, Name);

    /// <summary>It can be told to clients: its name is short enough, and its arguments are an object.</summary>
    public bool IsSound =>
        Name.Length <= LongestName
        && Tool.Parameters is { ValueKind: JsonValueKind.Object } schema
        && schema.TryGetProperty("type", out JsonElement type)
        && type.ValueKind == JsonValueKind.String
        && type.ValueEquals("object");

    public Tool Description => new()
    {
        Name = Name,
        Title = Tool.Title,
        Description = Tool.Description,
        InputSchema = Schema(),
        Annotations = new() { ReadOnlyHint = Tool.IsReadOnly, IdempotentHint = Tool.IsIdempotent },
    };

    private JsonElement Schema()
    {
        if (!Tool.Parameters.GetRawText().Contains(HeaderKey, StringComparison.Ordinal))
        {
            return Tool.Parameters;
        }

        var schema = JsonObject.Create(Tool.Parameters)!;
        RemoveHeaders(schema);
        return JsonElement.Parse(schema.ToJsonString());
    }

    private static void RemoveHeaders(JsonNode? node)
    {
        if (node is JsonObject schema)
        {
            schema.Remove(HeaderKey);
            foreach (KeyValuePair<string, JsonNode?> member in schema)
            {
                RemoveHeaders(member.Value);
            }
        }
        else if (node is JsonArray list)
        {
            foreach (JsonNode? item in list)
            {
                RemoveHeaders(item);
            }
        }
    }
}
