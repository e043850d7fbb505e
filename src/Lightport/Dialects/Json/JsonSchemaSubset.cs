using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Lightport.Dialects.Json;

/// <summary>
/// The part of JSON Schema that a target takes. A schema is rewritten only as far as that: what cannot be said stays in
/// the description as words, so that the model still reads it.
/// </summary>
internal sealed record JsonSchemaSubset
{
    private static readonly FrozenSet<string> Maps = FrozenSet.Create("properties", "$defs", "definitions");
    private static readonly FrozenSet<string> Lists = FrozenSet.Create("anyOf", "allOf", "oneOf");

    /// <summary>What servers take that write answers by a grammar, as Anthropic's clients rewrite it.</summary>
    public static JsonSchemaSubset OfGrammars { get; } = new()
    {
        ClosedObjects = true,
        SimplePatterns = true,
        OneOfAsAnyOf = true,
        LargestMinItems = 1,
        Refused = FrozenSet.Create(
            "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
            "maxItems", "uniqueItems", "contains", "minContains", "maxContains", "minProperties", "maxProperties",
            "patternProperties", "propertyNames", "dependentRequired", "dependentSchemas", "unevaluatedProperties",
            "unevaluatedItems", "not", "if", "then", "else", "prefixItems", "examples"),
        Formats = FrozenSet.Create(
            "date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid"),
    };

    /// <summary>Keywords that are refused.</summary>
    public FrozenSet<string> Refused { get; init; } = [];

    /// <summary>The values of <c>format</c> that are taken; null means all.</summary>
    public FrozenSet<string>? Formats { get; init; }

    /// <summary>Every object must say <c>additionalProperties: false</c>.</summary>
    public bool ClosedObjects { get; init; }

    /// <summary><c>oneOf</c> is not known and is said as <c>anyOf</c>.</summary>
    public bool OneOfAsAnyOf { get; init; }

    /// <summary><c>const</c> is not known and is said as an <c>enum</c> of one.</summary>
    public bool ConstAsEnum { get; init; }

    /// <summary>The largest <c>minItems</c> that is taken; null means any.</summary>
    public int? LargestMinItems { get; init; }

    /// <summary>A <c>pattern</c> that looks around or back is refused.</summary>
    public bool SimplePatterns { get; init; }

    public void Write(Utf8JsonWriter writer, JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            Copy(writer, schema);
            return;
        }

        var words = new List<string>();
        string? description = null;
        writer.WriteStartObject();
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            if (keyword.NameEquals("description") && keyword.Value.ValueKind == JsonValueKind.String)
            {
                description = keyword.Value.Text();
            }
            else if (IsRefused(keyword, schema))
            {
                words.Add($"{LenientText.Name(keyword)}: {keyword.Value.GetRawText()}");
            }
            else if (!(ClosedObjects && keyword.NameEquals("additionalProperties")) && !keyword.NameEquals("$schema"))
            {
                WriteKeyword(writer, keyword);
            }
        }

        if (ClosedObjects && IsObject(schema))
        {
            writer.WriteBoolean("additionalProperties"u8, false);
        }

        if (words.Count > 0)
        {
            string said = $"{{{string.Join(", ", words)}}}";
            description = string.IsNullOrEmpty(description) ? said : $"{description}\n\n{said}";
        }

        if (description is not null)
        {
            writer.WriteString("description"u8, description);
        }

        writer.WriteEndObject();
    }

    private void WriteKeyword(Utf8JsonWriter writer, JsonProperty keyword)
    {
        string name = LenientText.Name(keyword);
        if (ConstAsEnum && name == "const")
        {
            writer.WriteStartArray("enum"u8);
            Copy(writer, keyword.Value);
            writer.WriteEndArray();
            return;
        }

        writer.WritePropertyName(OneOfAsAnyOf && name == "oneOf" ? "anyOf" : name);
        if (keyword.Value.ValueKind == JsonValueKind.Object && Maps.Contains(name))
        {
            writer.WriteStartObject();
            foreach (JsonProperty named in keyword.Value.EnumerateObject())
            {
                writer.WritePropertyName(LenientText.Name(named));
                Write(writer, named.Value);
            }

            writer.WriteEndObject();
        }
        else if (keyword.Value.ValueKind == JsonValueKind.Array && Lists.Contains(name))
        {
            writer.WriteStartArray();
            foreach (JsonElement variant in keyword.Value.EnumerateArray())
            {
                Write(writer, variant);
            }

            writer.WriteEndArray();
        }
        else if (name is "items" or "additionalProperties")
        {
            Write(writer, keyword.Value);
        }
        else
        {
            Copy(writer, keyword.Value);
        }
    }

    private bool IsRefused(JsonProperty keyword, JsonElement schema) => LenientText.Name(keyword) switch
    {
        "format" => Formats is not null
            && keyword.Value.ValueKind == JsonValueKind.String && !Formats.Contains(keyword.Value.Text()),
        "pattern" => SimplePatterns
            && keyword.Value.ValueKind == JsonValueKind.String && LooksAround(keyword.Value.Text()),
        "minItems" => LargestMinItems is { } largest
            && !(keyword.Value.ValueKind == JsonValueKind.Number
                && keyword.Value.TryGetInt32(out int least) && least <= largest),
        "oneOf" => OneOfAsAnyOf && LenientText.TryGetProperty(schema, "anyOf", out _),
        string name => Refused.Contains(name),
    };

    private static bool LooksAround(string pattern)
    {
        for (int i = 0; i + 1 < pattern.Length; i++)
        {
            char next = pattern[i + 1];
            if ((pattern[i] == '(' && next == '?') || (pattern[i] == '\\' && next is (>= '1' and <= '9') or 'b' or 'B'))
            {
                return true;
            }

            i += pattern[i] == '\\' ? 1 : 0;
        }

        return false;
    }

    private static bool IsObject(JsonElement schema) =>
        LenientText.TryGetProperty(schema, "properties", out _)
        || (LenientText.TryGetProperty(schema, "type", out JsonElement type)
            && (type.ValueKind == JsonValueKind.Array
                ? type.EnumerateArray().Any(one => one.Is("object"))
                : type.Is("object")));

    private static void Copy(Utf8JsonWriter writer, JsonElement value) =>
        writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
}
