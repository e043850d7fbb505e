using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Lightport.Mcp.Lists;

/// <summary>Reads a page of a server's tools one by one, so that one which cannot be read is left out alone.</summary>
internal static class ToolPage
{
    private const string Tools = "tools";

    private static readonly JsonTypeInfo<Tool> ToolType = TypeOf<Tool>();
    private static readonly JsonTypeInfo<ListToolsResult> PageType = TypeOf<ListToolsResult>();

    /// <returns>What the page says beside its tools.</returns>
    /// <exception cref="JsonException">It is no page of tools.</exception>
    public static ListToolsResult Read(JsonNode? page, ToolIntake intake)
    {
        if (page is not JsonObject whole || Field(whole, Tools) is not JsonArray tools)
        {
            throw new JsonException("A list of tools has no tools.");
        }

        foreach (JsonNode? said in tools)
        {
            if (Read(said) is { } tool)
            {
                intake.Add(tool);
            }
            else
            {
                intake.LeaveOut(NameOf(said), "what it says of itself, or its schema, is not what the protocol has");
            }
        }

        whole[Tools] = new JsonArray();
        return whole.Deserialize(PageType)!;
    }

    private static Tool? Read(JsonNode? said)
    {
        try
        {
            return said.Deserialize(ToolType);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string NameOf(JsonNode? said) =>
        said is JsonObject tool && Field(tool, "name") is JsonValue name && name.TryGetValue(out string? text)
            ? text
            : "one without a name";

    private static JsonNode? Field(JsonObject said, string name)
    {
        try
        {
            return said[name];
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It has a field twice, or one whose name is no text.
            return null;
        }
    }

    private static JsonTypeInfo<T> TypeOf<T>() =>
        (JsonTypeInfo<T>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T));
}
