using System.Text.Json;

namespace Lightport.Mcp.Lists;

/// <summary>How deep the objects and lists of a schema are nested.</summary>
internal static class SchemaDepth
{
    /// <param name="levels">The schema's own is the first.</param>
    public static bool IsWithin(JsonElement schema, int levels) => schema.ValueKind switch
    {
        JsonValueKind.Object => levels > 0
            && schema.EnumerateObject().All(property => IsWithin(property.Value, levels - 1)),
        JsonValueKind.Array => levels > 0 && schema.EnumerateArray().All(item => IsWithin(item, levels - 1)),
        _ => true,
    };
}
