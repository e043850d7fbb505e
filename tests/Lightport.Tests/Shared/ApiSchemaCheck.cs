using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Lightport.Tests;

/// <summary>
/// Holds a value to a schema of a vendor's own description of its API. A field that the schema does not name is a
/// complaint too, as the API itself refuses it ("Unknown parameter").
/// </summary>
internal sealed class ApiSchemaCheck(ApiSchemas schemas)
{
    private static readonly string[] Alternatives = ["oneOf", "anyOf"];

    public IReadOnlyList<string> Complaints(string schema, JsonNode value) => [.. Check(schemas.Of(schema), value, "")];

    private IEnumerable<string> Check(YamlMappingNode schema, JsonNode? value, string path)
    {
        if (value is null && Text(schema, "nullable") == "true")
        {
            return [];
        }

        if (Text(schema, "$ref") is { } reference)
        {
            return Check(Target(reference), value, path);
        }

        foreach (string name in Alternatives)
        {
            if (List(schema, name) is { } list)
            {
                return Best(list, value, path);
            }
        }

        return List(schema, "allOf") is not null || Find(schema, "properties") is not null
            ? CheckObject(schema, value, path)
            : CheckValue(schema, value, path);
    }

    /// <summary>None where one of the alternatives holds; else what is wrong with the nearest.</summary>
    private IReadOnlyList<string> Best(YamlSequenceNode alternatives, JsonNode? value, string path)
    {
        IReadOnlyList<string>? best = null;
        foreach (YamlMappingNode alternative in alternatives.Children.OfType<YamlMappingNode>())
        {
            string[] complaints = [.. Check(alternative, value, path)];
            if (complaints.Length == 0)
            {
                return complaints;
            }

            best = best is null || Weight(complaints) < Weight(best) ? complaints : best;
        }

        return best ?? [$"{path}: no alternative"];
    }

    /// <summary>Another type of item is farther off than a wrong field of this one.</summary>
    private static int Weight(IReadOnlyList<string> complaints) =>
        complaints.Sum(complaint => complaint.Contains(".type: ", StringComparison.Ordinal) ? 100 : 1);

    private IEnumerable<string> CheckObject(YamlMappingNode schema, JsonNode? value, string path)
    {
        if (value is not JsonObject fields)
        {
            yield return $"{path}: no object";
            yield break;
        }

        var known = new Dictionary<string, YamlMappingNode>();
        var required = new HashSet<string>();
        bool isOpen = Gather(schema, known, required);
        foreach (string name in required.Where(name => !fields.ContainsKey(name)))
        {
            yield return $"{path}.{name}: is missing";
        }

        foreach ((string name, JsonNode? field) in fields)
        {
            if (known.TryGetValue(name, out YamlMappingNode? property))
            {
                foreach (string complaint in Check(property, field, $"{path}.{name}"))
                {
                    yield return complaint;
                }
            }
            else if (!isOpen)
            {
                yield return $"{path}.{name}: is unknown";
            }
        }
    }

    /// <summary>The fields of a schema and of all that it is composed of; true where others may stand beside them.</summary>
    private bool Gather(
        YamlMappingNode schema, Dictionary<string, YamlMappingNode> known, HashSet<string> required)
    {
        if (Text(schema, "$ref") is { } reference)
        {
            return Gather(Target(reference), known, required);
        }

        if (Find(schema, "properties") is YamlMappingNode properties)
        {
            foreach ((YamlNode name, YamlNode property) in properties.Children)
            {
                // What stands later in a composition says it more closely.
                known[(string)name!] = (YamlMappingNode)property;
            }
        }

        required.UnionWith((List(schema, "required")?.Children ?? []).Select(name => (string)name!));
        bool isOpen = Find(schema, "additionalProperties") is { } others && others.ToString() != "false";
        foreach (YamlMappingNode part in (List(schema, "allOf")?.Children ?? []).OfType<YamlMappingNode>())
        {
            isOpen |= Gather(part, known, required);
        }

        return isOpen;
    }

    private IEnumerable<string> CheckValue(YamlMappingNode schema, JsonNode? value, string path)
    {
        if (Text(schema, "type") is { } type && !IsOfType(type, value))
        {
            yield return $"{path}: {value?.ToJsonString() ?? "null"} is no {type}";
            yield break;
        }

        if (List(schema, "enum") is { } words
            && !words.Children.Any(word => (string?)word == (value is JsonValue text ? text.ToString() : null)))
        {
            yield return $"{path}: {value?.ToJsonString() ?? "null"} is none of {string.Join(", ", words)}";
        }

        foreach (string complaint in CheckBounds(schema, value, path))
        {
            yield return complaint;
        }

        if (value is JsonArray list && Find(schema, "items") is YamlMappingNode items)
        {
            for (int i = 0; i < list.Count; i++)
            {
                foreach (string complaint in Check(items, list[i], $"{path}[{i}]"))
                {
                    yield return complaint;
                }
            }
        }
    }

    private static IEnumerable<string> CheckBounds(YamlMappingNode schema, JsonNode? value, string path)
    {
        double? size = value switch
        {
            JsonArray list => list.Count,
            JsonValue one when one.GetValueKind() == JsonValueKind.Number => one.GetValue<double>(),
            JsonValue one when one.GetValueKind() == JsonValueKind.String => one.GetValue<string>().Length,
            _ => null,
        };
        foreach (string name in (string[])["minimum", "minLength", "minItems"])
        {
            if (Number(schema, name) is { } least && size < least)
            {
                yield return $"{path}: {size} is below {least}";
            }
        }

        foreach (string name in (string[])["maximum", "maxLength", "maxItems"])
        {
            if (Number(schema, name) is { } most && size > most)
            {
                yield return $"{path}: {size} is above {most}";
            }
        }

        if (Text(schema, "pattern") is { } pattern && value is JsonValue word && !Regex.IsMatch(word.ToString(), pattern))
        {
            yield return $"{path}: does not match {pattern}";
        }
    }

    private static bool IsOfType(string type, JsonNode? value) => (type, value?.GetValueKind()) switch
    {
        ("null", null or JsonValueKind.Null) => true,
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String)
            or ("number", JsonValueKind.Number) or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => value!.GetValue<double>() % 1 == 0,
        _ => false,
    };

    private YamlMappingNode Target(string reference) => schemas.Of(reference.Split('/')[^1]);

    private static YamlNode? Find(YamlMappingNode schema, string name) =>
        schema.Children.TryGetValue(name, out YamlNode? value) ? value : null;

    private static YamlSequenceNode? List(YamlMappingNode schema, string name) => Find(schema, name) as YamlSequenceNode;

    private static string? Text(YamlMappingNode schema, string name) => (Find(schema, name) as YamlScalarNode)?.Value;

    private static double? Number(YamlMappingNode schema, string name) =>
        double.TryParse(Text(schema, name), CultureInfo.InvariantCulture, out double number) ? number : null;
}
