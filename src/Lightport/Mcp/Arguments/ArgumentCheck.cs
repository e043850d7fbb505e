using System.Text.Json;

namespace Lightport.Mcp.Arguments;

/// <summary>
/// Whether arguments fit a tool's schema, by the part of JSON Schema (2020-12, section 6 of its validation and the
/// applicators) that tools use; docs/context.md says which. The server checks the rest, as it must in any case.
/// </summary>
internal static class ArgumentCheck
{
    /// <returns>The first thing that does not fit, as a sentence with its path; null where all fits.</returns>
    public static string? Problem(JsonElement schema, JsonElement arguments) =>
        arguments.ValueKind != JsonValueKind.Object
            ? "arguments must be an object."
            : new SchemaWalk(schema).Problem(schema, arguments, "arguments", depth: 0);
}
