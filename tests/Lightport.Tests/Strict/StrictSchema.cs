using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lightport.Tests.Strict;

/// <summary>What vendors demand of JSON Schemas, read off their pages and not off the gateway.</summary>
internal static class StrictSchema
{
    private static readonly string[] NotAtOpenAI =
    [
        "allOf", "oneOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "patternProperties",
        "propertyNames", "unevaluatedProperties", "uniqueItems", "contains", "default",
    ];

    private static readonly string[] NotAtAnthropic =
    [
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
        "maxItems", "uniqueItems", "patternProperties", "propertyNames", "not", "if",
    ];

    /// <summary>A function's parameters, whether strict or not.</summary>
    public static IEnumerable<string> OfAnyFunction(JsonNode schema, string path)
    {
        if ((string?)schema["type"] != "object")
        {
            yield return $"{path}: schema must be of type object.";
        }

        if (schema["properties"] is not JsonObject)
        {
            yield return $"{path}: object schema missing properties.";
        }

        foreach (string word in (string[])["anyOf", "oneOf", "allOf", "enum", "not"])
        {
            if (schema[word] is not null)
            {
                yield return $"{path}: must not have {word} at the top level.";
            }
        }

        foreach ((string at, JsonObject inner) in All(schema, path))
        {
            if (inner["type"]?.ToJsonString().Contains("\"array\"", StringComparison.Ordinal) == true
                && inner["items"] is null)
            {
                yield return $"{at}: array schema missing items.";
            }
        }
    }

    /// <summary>A schema that OpenAI holds a call or an answer to.</summary>
    public static IEnumerable<string> StrictAtOpenAI(JsonNode schema, string path)
    {
        foreach ((string at, JsonObject inner) in All(schema, path))
        {
            foreach (string word in NotAtOpenAI.Where(inner.ContainsKey))
            {
                yield return $"{at}: '{word}' is not permitted.";
            }

            if (inner["properties"] is not JsonObject properties)
            {
                continue;
            }

            if (inner["additionalProperties"]?.GetValueKind() != JsonValueKind.False)
            {
                yield return $"{at}: 'additionalProperties' is required to be supplied and to be false.";
            }

            string[] required = [.. (inner["required"] as JsonArray ?? []).Select(name => (string)name!)];
            if (properties.Any(property => !required.Contains(property.Key)))
            {
                yield return $"{at}: 'required' must include every key in properties.";
            }
        }
    }

    /// <summary>A schema that Anthropic holds a call or an answer to.</summary>
    public static IEnumerable<string> StrictAtAnthropic(JsonNode schema, string path)
    {
        foreach ((string at, JsonObject inner) in All(schema, path))
        {
            foreach (string word in NotAtAnthropic.Where(inner.ContainsKey))
            {
                yield return $"{at}: '{word}' is not supported.";
            }

            if ((string?)(inner["type"] as JsonValue) == "object"
                && inner["additionalProperties"]?.GetValueKind() != JsonValueKind.False)
            {
                yield return $"{at}: additionalProperties must be false.";
            }

            if (inner["$ref"] is { } reference && at.Contains((string)reference!, StringComparison.Ordinal))
            {
                yield return $"{at}: recursive schemas are not supported.";
            }
        }
    }

    public static int CountOptional(JsonNode schema) => All(schema, "").Sum(found =>
        (found.Schema["properties"] as JsonObject)?.Count(property =>
            (found.Schema["required"] as JsonArray)?.Any(name => (string?)name == property.Key) != true) ?? 0);

    private static IEnumerable<(string Path, JsonObject Schema)> All(JsonNode? schema, string path)
    {
        if (schema is not JsonObject here)
        {
            yield break;
        }

        yield return (path, here);
        IEnumerable<(string, JsonNode?)> inner = here
            .Where(word => word.Key is "properties" or "$defs" or "definitions" && word.Value is JsonObject)
            .SelectMany(word => word.Value!.AsObject().Select(one => ($"{path}#/{word.Key}/{one.Key}", one.Value)))
            .Concat(here.Where(word => word.Value is JsonArray && word.Key is "anyOf" or "oneOf" or "allOf")
                .SelectMany(word => word.Value!.AsArray().Select(one => ($"{path}/{word.Key}", one))))
            .Concat(here.Where(word => word.Key is "items" or "additionalProperties")
                .Select(word => ($"{path}/{word.Key}", word.Value)));
        foreach ((string at, JsonNode? one) in inner)
        {
            foreach ((string, JsonObject) found in All(one, at))
            {
                yield return found;
            }
        }
    }
}
