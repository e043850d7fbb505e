using System.Text.Json;

namespace Lightport.Dialects.Json;

/// <summary>
/// The root of a tool's schema, where many targets refuse alternatives: it is said as one object with the properties of
/// all of them, so that each can still be said.
/// </summary>
internal static class JsonSchemaRoot
{
    /// <summary>References that lead on and on are not followed further.</summary>
    private const int Deepest = 64;

    private static readonly string[] Alternatives = ["anyOf", "oneOf", "allOf"];

    /// <summary>Whether a keyword has alternatives.</summary>
    public static bool IsAlternatives(string keyword) => Alternatives.Contains(keyword);

    /// <summary>Whether a schema has alternatives at its root.</summary>
    public static bool HasAlternatives(JsonElement schema) =>
        Array.Exists(Alternatives, name => schema.ValueOf(name) is not null);

    /// <summary>
    /// The root's properties and those of its alternatives, by name and in their order; each with all that it may be
    /// said as, which is more than one thing where alternatives say it otherwise.
    /// </summary>
    public static OrderedDictionary<string, List<JsonElement>> Properties(JsonElement schema)
    {
        var found = new Found(new JsonSchemaReferences(schema));
        found.Add(schema, 0);
        return found.Properties;
    }

    /// <summary>Writes a property as it may be said.</summary>
    /// <param name="write">Writes one schema of it.</param>
    public static void WriteProperty(
        Utf8JsonWriter writer, IReadOnlyList<JsonElement> said, Action<Utf8JsonWriter, JsonElement> write)
    {
        if (said.Count == 1)
        {
            write(writer, said[0]);
            return;
        }

        writer.WriteStartObject();
        writer.WriteStartArray("anyOf"u8);
        foreach (JsonElement one in said)
        {
            write(writer, one);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private sealed class Found(JsonSchemaReferences references)
    {
        private readonly HashSet<string> _referred = new(StringComparer.Ordinal);
        private readonly HashSet<(string Name, string Schema)> _said = [];

        public OrderedDictionary<string, List<JsonElement>> Properties { get; } = new(StringComparer.Ordinal);

        public void Add(JsonElement schema, int depth)
        {
            if (depth > Deepest)
            {
                return;
            }

            if (schema.ObjectOf("properties") is { } map)
            {
                foreach (JsonProperty property in map.EnumerateObject())
                {
                    string name = LenientText.Name(property);
                    if (_said.Add((name, property.Value.GetRawText())))
                    {
                        Properties.TryAdd(name, []);
                        Properties[name].Add(property.Value);
                    }
                }
            }

            foreach (JsonElement variant in Alternatives.SelectMany(keyword => schema.ItemsOf(keyword)))
            {
                Add(variant, depth + 1);
            }

            // Each is gone into once, however often it is referred to.
            if (schema.TextOf("$ref") is { } reference && _referred.Add(reference)
                && references.Find(reference) is { } referred)
            {
                Add(referred, depth + 1);
            }
        }
    }
}
