using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Mcp.Arguments;

/// <summary>
/// Walks a value and its schema together, no deeper and no longer than is bounded: beyond that a value is taken to fit.
/// </summary>
/// <param name="root">The whole schema, in which references are looked up; no other document ever is.</param>
internal sealed class SchemaWalk(JsonElement root)
{
    private const int Deepest = 64;
    private const int MostSteps = 100_000;

    private readonly ValueRules _rules = new();
    private int _steps;

    public string? Problem(JsonElement schema, JsonElement value, string path, int depth)
    {
        if (schema.ValueKind == JsonValueKind.False)
        {
            return $"{path} may not be there.";
        }

        if (schema.ValueKind != JsonValueKind.Object || depth > Deepest || ++_steps > MostSteps)
        {
            return null;
        }

        return Referenced(schema, value, path, depth)
            ?? _rules.Problem(schema, value, path)
            ?? Combined(schema, value, path, depth)
            ?? value.ValueKind switch
            {
                JsonValueKind.Object => InObject(schema, value, path, depth),
                JsonValueKind.Array => InArray(schema, value, path, depth),
                _ => null,
            };
    }

    private string? Referenced(JsonElement schema, JsonElement value, string path, int depth) =>
        schema.TryGetProperty("$ref", out JsonElement reference)
        && reference.ValueKind == JsonValueKind.String
        && LocalReference.Find(root, reference.GetString()!) is { } referenced
            ? Problem(referenced, value, path, depth + 1)
            : null;

    private string? Combined(JsonElement schema, JsonElement value, string path, int depth)
    {
        foreach (JsonElement part in Items(schema, "allOf"))
        {
            if (Problem(part, value, path, depth + 1) is { } problem)
            {
                return problem;
            }
        }

        return NoneOf(schema, "anyOf", value, path, depth)
            ?? NoneOf(schema, "oneOf", value, path, depth)
            ?? (schema.TryGetProperty("not", out JsonElement not) && _steps < MostSteps
                && Problem(not, value, path, depth + 1) is null
                    ? $"{path} is what its schema rules out."
                    : null);
    }

    /// <summary>Of <c>oneOf</c> at least one must fit; that two do is the server's to refuse.</summary>
    private string? NoneOf(JsonElement schema, string keyword, JsonElement value, string path, int depth)
    {
        string? first = null;
        foreach (JsonElement choice in Items(schema, keyword))
        {
            if (Problem(choice, value, path, depth + 1) is not { } problem)
            {
                return null;
            }

            first ??= problem;
        }

        return first is null ? null : $"{path} fits none of its choices; of the first: {first}";
    }

    private string? InObject(JsonElement schema, JsonElement value, string path, int depth)
    {
        foreach (JsonElement name in Items(schema, "required"))
        {
            if (name.ValueKind == JsonValueKind.String && !value.TryGetProperty(name.GetString()!, out _))
            {
                return $"{path} needs '{name.GetString()}'.";
            }
        }

        bool hasProperties = schema.TryGetProperty("properties", out JsonElement properties)
            && properties.ValueKind == JsonValueKind.Object;
        bool hasOthers = schema.TryGetProperty("additionalProperties", out JsonElement others)
            && !schema.TryGetProperty("patternProperties", out _);
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (hasProperties && properties.TryGetProperty(property.Name, out JsonElement known))
            {
                if (Problem(known, property.Value, $"{path}.{property.Name}", depth + 1) is { } problem)
                {
                    return problem;
                }
            }
            else if (hasOthers && others.ValueKind == JsonValueKind.False)
            {
                return $"{path} has no '{ShortText.Of(property.Name)}'.";
            }
            else if (hasOthers
                && Problem(others, property.Value, $"{path}.{ShortText.Of(property.Name)}", depth + 1) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private string? InArray(JsonElement schema, JsonElement value, string path, int depth)
    {
        JsonElement[] first = [.. Items(schema, "prefixItems")];
        bool hasRest = schema.TryGetProperty("items", out JsonElement rest);
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            JsonElement? its = index < first.Length ? first[index] : hasRest ? rest : null;
            if (its is { } known && Problem(known, item, $"{path}[{index}]", depth + 1) is { } problem)
            {
                return problem;
            }

            index++;
        }

        return null;
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : default;
}
