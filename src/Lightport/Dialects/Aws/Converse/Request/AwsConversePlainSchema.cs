using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>
/// Tools' schemas for a family that takes <c>type</c>, <c>properties</c> and <c>required</c> at their top and nothing
/// else (https://docs.aws.amazon.com/nova/latest/userguide/tool-use-definition.html). What is defined beside them is
/// said where it is referred to; what refers to itself is said once.
/// </summary>
internal sealed class AwsConversePlainSchema
{
    /// <summary>What a request's references may unfold to, in bytes: they may double at each step.</summary>
    private const int MostUnfolded = 1 << 20;

    /// <summary>References inside of each other: each may be as deep as a body, and a writer goes 1,000 deep.</summary>
    private const int Deepest = 12;

    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private long _unfolded;

    /// <returns>The keywords that are left out and say something.</returns>
    public IReadOnlyList<string> Write(Utf8JsonWriter writer, JsonElement schema)
    {
        var references = new JsonSchemaReferences(schema);
        var lost = new SortedSet<string>(StringComparer.Ordinal);
        JsonElement top = Referred(schema, references);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "object"u8);
        bool hasProperties = false;
        foreach (JsonProperty keyword in top.EnumerateObject())
        {
            switch (LenientText.Name(keyword))
            {
                case "properties" when keyword.Value.ValueKind == JsonValueKind.Object:
                    hasProperties = true;
                    writer.WritePropertyName("properties"u8);
                    WriteMap(writer, keyword.Value, references, lost);
                    break;
                case "required":
                    writer.WritePropertyName("required"u8);
                    writer.WriteOnOneLine(keyword.Value);
                    break;
                case "type" or "title" or "$schema" or "$id" or "$defs" or "definitions":
                    break;
                case string other:
                    lost.Add(other);
                    break;
            }
        }

        if (!hasProperties)
        {
            writer.WriteStartObject("properties"u8);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        return [.. lost];
    }

    /// <summary>The schema that stands for one that is nothing but a reference.</summary>
    private static JsonElement Referred(JsonElement schema, JsonSchemaReferences references)
    {
        JsonElement at = schema;
        for (int steps = 0; steps < Deepest; steps++)
        {
            if (ReferenceIn(at) is not { } name
                || references.Find(name) is not { ValueKind: JsonValueKind.Object } next)
            {
                break;
            }

            at = next;
        }

        return at;
    }

    private static string? ReferenceIn(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object
        && LenientText.TryGetProperty(schema, "$ref", out JsonElement reference)
        && reference.ValueKind == JsonValueKind.String
            ? reference.Text()
            : null;

    private void WriteSchema(
        Utf8JsonWriter writer, JsonElement schema, JsonSchemaReferences references, SortedSet<string> lost)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            writer.WriteOnOneLine(schema);
            return;
        }

        writer.WriteStartObject();
        WriteKeywords(writer, schema, references, lost, new HashSet<string>(StringComparer.Ordinal));
        writer.WriteEndObject();
    }

    /// <param name="said">What stands in the object already, which what it refers to does not overrule.</param>
    private void WriteKeywords(
        Utf8JsonWriter writer,
        JsonElement schema,
        JsonSchemaReferences references,
        SortedSet<string> lost,
        HashSet<string> said)
    {
        bool isTuple = JsonSchemaTuples.Is(schema);
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            string? name = JsonSchemaTuples.Name(keyword, isTuple);
            if (name is not (null or "$ref" or "$defs" or "definitions") && said.Add(name))
            {
                writer.WritePropertyName(name);
                WriteValue(writer, name, keyword.Value, references, lost);
            }
        }

        if (ReferenceIn(schema) is not { } reference)
        {
            return;
        }

        if (_unfolded > MostUnfolded
            || _open.Count == Deepest
            || references.Find(reference) is not { ValueKind: JsonValueKind.Object } referred
            || !_open.Add(reference))
        {
            lost.Add("$ref");
            return;
        }

        long before = writer.BytesCommitted + writer.BytesPending;
        WriteKeywords(writer, referred, references, lost, said);
        _unfolded += writer.BytesCommitted + writer.BytesPending - before;
        _open.Remove(reference);
    }

    private void WriteValue(
        Utf8JsonWriter writer, string name, JsonElement value, JsonSchemaReferences references, SortedSet<string> lost)
    {
        switch (name)
        {
            case "properties" or "patternProperties" when value.ValueKind == JsonValueKind.Object:
                WriteMap(writer, value, references, lost);
                break;
            case "anyOf" or "oneOf" or "allOf" or "prefixItems" when value.ValueKind == JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement one in value.EnumerateArray())
                {
                    WriteSchema(writer, one, references, lost);
                }

                writer.WriteEndArray();
                break;
            case "items" or "additionalProperties" or "not":
                WriteSchema(writer, value, references, lost);
                break;
            default:
                writer.WriteOnOneLine(value);
                break;
        }
    }

    private void WriteMap(
        Utf8JsonWriter writer, JsonElement map, JsonSchemaReferences references, SortedSet<string> lost)
    {
        writer.WriteStartObject();
        foreach (JsonProperty named in map.EnumerateObject())
        {
            writer.WritePropertyName(LenientText.Name(named));
            WriteSchema(writer, named.Value, references, lost);
        }

        writer.WriteEndObject();
    }
}
