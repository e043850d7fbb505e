using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lightport.Conversation;

/// <summary>
/// The words of JSON Schema that look at one value and not at what is in it
/// (https://json-schema.org/draft/2020-12/json-schema-validation).
/// </summary>
internal sealed class JsonSchemaScalars
{
    private const int LongestPattern = 1000;

    /// <summary>The most that are made, each of which takes long; others match everything.</summary>
    private const int MostPatterns = 200;

    private readonly Dictionary<string, Regex?> _patterns = new(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">A text has half of a surrogate pair.</exception>
    public bool Holds(string word, JsonElement said, JsonElement value) => word switch
    {
        "type" => said.ValueKind == JsonValueKind.Array
            ? said.EnumerateArray().Any(type => IsOfType(type, value))
            : IsOfType(said, value),
        "enum" => said.ValueKind != JsonValueKind.Array
            || said.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)),
        "const" => JsonElement.DeepEquals(said, value),
        "pattern" => said.ValueKind != JsonValueKind.String || value.ValueKind != JsonValueKind.String
            || Matches(said.GetString()!, value.GetString()!),
        "minLength" or "maxLength" => value.ValueKind != JsonValueKind.String
            || IsWithin(word, said, value.GetString()!.EnumerateRunes().Count()),
        "minItems" or "maxItems" => value.ValueKind != JsonValueKind.Array
            || IsWithin(word, said, value.GetArrayLength()),
        "minProperties" or "maxProperties" => value.ValueKind != JsonValueKind.Object
            || IsWithin(word, said, value.EnumerateObject().Count()),
        "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" =>
            value.ValueKind != JsonValueKind.Number || IsWithin(word, said, value.GetDouble()),
        _ => true,
    };

    /// <summary>
    /// Without backtracking, so in time linear in the text. A pattern that this cannot say (one that looks around)
    /// matches everything.
    /// </summary>
    public bool Matches(string pattern, string text)
    {
        if (!_patterns.TryGetValue(pattern, out Regex? regex))
        {
            _patterns[pattern] = regex = _patterns.Count < MostPatterns ? Compile(pattern) : null;
        }

        return regex?.IsMatch(text) ?? true;
    }

    private static Regex? Compile(string pattern)
    {
        if (pattern.Length > LongestPattern)
        {
            return null;
        }

        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception unsayable) when (unsayable is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static bool IsOfType(JsonElement type, JsonElement value) =>
        type.ValueKind != JsonValueKind.String || type.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            _ => true,
        };

    private static bool IsWithin(string word, JsonElement said, double value)
    {
        if (said.ValueKind != JsonValueKind.Number)
        {
            return true;
        }

        double bound = said.GetDouble();
        return word switch
        {
            "exclusiveMinimum" => value > bound,
            "exclusiveMaximum" => value < bound,
            _ => word.StartsWith("min", StringComparison.Ordinal) ? value >= bound : value <= bound,
        };
    }
}
