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

    /// <summary>
    /// A <c>$ref</c> stands alone; beside other words, and in an <c>allOf</c> of one, it is said in an <c>anyOf</c> of
    /// one.
    /// </summary>
    public bool LoneReferences { get; init; }

    /// <summary>A property that leads back to what it stands in may not be required.</summary>
    public bool OptionalRecursion { get; init; }

    public void Write(Utf8JsonWriter writer, JsonElement schema) =>
        Write(writer, schema, OptionalRecursion ? JsonSchemaRecursion.Of(schema) : null, "#");

    /// <param name="recursion">Null where nothing leads back.</param>
    /// <param name="definition">What the schema stands in, as a <c>$ref</c> names it.</param>
    private void Write(
        Utf8JsonWriter writer, JsonElement schema, JsonSchemaRecursion? recursion, string definition)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            Copy(writer, schema);
            return;
        }

        bool isTuple = JsonSchemaTuples.Is(schema);
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
            else if (recursion is not null && keyword.NameEquals("required")
                && LeadingBack(schema, keyword.Value, recursion, definition) is { Count: > 0 } optional)
            {
                WriteRequired(writer, keyword.Value, optional);
                words.Add($"required: {keyword.Value.GetRawText()}");
            }
            else if (LoneReferences && keyword.NameEquals("$ref") && !IsAlone(schema))
            {
                WriteReference(writer, keyword.Value);
            }
            else if (!(ClosedObjects && keyword.NameEquals("additionalProperties")) && !keyword.NameEquals("$schema"))
            {
                WriteKeyword(writer, keyword, isTuple, recursion, definition);
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

    private void WriteKeyword(
        Utf8JsonWriter writer,
        JsonProperty keyword,
        bool isTuple,
        JsonSchemaRecursion? recursion,
        string definition)
    {
        if (JsonSchemaTuples.Name(keyword, isTuple) is not { } name)
        {
            return;
        }

        if (ConstAsEnum && name == "const")
        {
            writer.WriteStartArray("enum"u8);
            Copy(writer, keyword.Value);
            writer.WriteEndArray();
            return;
        }

        bool isAnyOf = (OneOfAsAnyOf && name == "oneOf") || (LoneReferences && name == "allOf" && IsOne(keyword.Value));
        writer.WritePropertyName(isAnyOf ? "anyOf" : name);
        if (keyword.Value.ValueKind == JsonValueKind.Object && Maps.Contains(name))
        {
            writer.WriteStartObject();
            foreach (JsonProperty named in keyword.Value.EnumerateObject())
            {
                string own = LenientText.Name(named);
                writer.WritePropertyName(own);
                string place = name == "properties" ? definition : JsonSchemaReferences.ToDefinition(name, own);
                Write(writer, named.Value, recursion, place);
            }

            writer.WriteEndObject();
        }
        else if (keyword.Value.ValueKind == JsonValueKind.Array && (Lists.Contains(name) || name == "prefixItems"))
        {
            writer.WriteStartArray();
            foreach (JsonElement variant in keyword.Value.EnumerateArray())
            {
                Write(writer, variant, recursion, definition);
            }

            writer.WriteEndArray();
        }
        else if (name is "items" or "additionalProperties")
        {
            Write(writer, keyword.Value, recursion, definition);
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
        "$ref" => LoneReferences && Lists.Any(list => LenientText.TryGetProperty(schema, list, out _)),
        string name => Refused.Contains(name),
    };

    /// <summary>Whether the words beside a <c>$ref</c> are the document's own alone.</summary>
    private static bool IsAlone(JsonElement schema) =>
        schema.EnumerateObject().All(keyword => LenientText.Name(keyword).StartsWith('$'));

    private static bool IsOne(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == 1;

    private static void WriteReference(Utf8JsonWriter writer, JsonElement reference)
    {
        writer.WriteStartArray("anyOf"u8);
        writer.WriteStartObject();
        writer.WritePropertyName("$ref"u8);
        Copy(writer, reference);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    /// <summary>The required properties that lead back to what they stand in.</summary>
    private static HashSet<string> LeadingBack(
        JsonElement schema, JsonElement required, JsonSchemaRecursion recursion, string definition)
    {
        HashSet<string> asked = required.ValueKind == JsonValueKind.Array ? [.. Texts(required)] : [];
        return LenientText.TryGetProperty(schema, "properties", out JsonElement properties)
            && properties.ValueKind == JsonValueKind.Object
                ? [.. properties.EnumerateObject()
                    .Where(one => asked.Contains(LenientText.Name(one)) && recursion.LeadsBack(one.Value, definition))
                    .Select(LenientText.Name)]
                : [];
    }

    private static void WriteRequired(Utf8JsonWriter writer, JsonElement required, HashSet<string> optional)
    {
        writer.WriteStartArray("required"u8);
        foreach (string name in Texts(required).Where(name => !optional.Contains(name)))
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    }

    private static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray()
        .Where(one => one.ValueKind == JsonValueKind.String)
        .Select(one => one.Text());

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
