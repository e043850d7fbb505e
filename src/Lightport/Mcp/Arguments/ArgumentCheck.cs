using System.Runtime.InteropServices;
using System.Text.Json;

namespace Lightport.Mcp.Arguments;

/// <summary>
/// Whether arguments fit a tool's schema, by the part of JSON Schema (2020-12, section 6 of its validation and the
/// applicators) that tools use; docs/mcp-servers.md says which. The server checks the rest, as it must in any case.
/// </summary>
internal static class ArgumentCheck
{
    /// <returns>The first thing that does not fit, as a sentence with its path; null where all fits.</returns>
    /// <param name="given">The arguments to call the tool with: see <see cref="GivenArguments"/>.</param>
    public static string? Problem(JsonElement schema, JsonElement arguments, out JsonElement given)
    {
        given = arguments;
        if (arguments.ValueKind != JsonValueKind.Object)
        {
            return "arguments must be an object.";
        }

        if (!IsText(arguments))
        {
            return "a text in arguments has half of a surrogate pair (\\ud800 to \\udfff), which is no character.";
        }

        given = GivenArguments.Of(schema, arguments);
        return new SchemaWalk(schema).Problem(schema, given, "arguments", depth: 0);
    }

    /// <summary>Whether a server can read all texts and names: the framework has no other way to tell.</summary>
    private static bool IsText(JsonElement arguments)
    {
        var reader = new Utf8JsonReader(
            JsonMarshal.GetRawUtf8Value(arguments), new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                if (reader is { ValueIsEscaped: true, TokenType: JsonTokenType.String or JsonTokenType.PropertyName })
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
