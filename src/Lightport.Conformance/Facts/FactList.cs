using System.Collections;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Facts;

/// <summary>Facts as they are read, each in the one form in which they are compared.</summary>
internal sealed class FactList : IEnumerable<Fact>
{
    private readonly List<Fact> _facts = [];

    public void Add(string subject, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            _facts.Add(new Fact(subject, text));
        }
    }

    public void AddRange(IEnumerable<Fact> facts) => _facts.AddRange(facts);

    /// <summary>Texts that a dialect joins with an empty line are as good as apart.</summary>
    public void AddParagraphs(string subject, string? text)
    {
        foreach (string paragraph in (text ?? "").Split("\n\n"))
        {
            Add(subject, paragraph);
        }
    }

    /// <summary>A picture or a file, by its bytes; a data URL or base64.</summary>
    public void AddBytes(string subject, string? data)
    {
        if (data is not null)
        {
            string base64 = data[(data.IndexOf(',', StringComparison.Ordinal) + 1)..];
            Add(subject, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(base64)))[..12]);
        }
    }

    public void AddCall(string? name, JsonNode? arguments) => Add(Subjects.Call, $"{name} {Sorted(arguments)}");

    public void AddTool(string? name, JsonNode? parameters) =>
        Add(Subjects.Tool, $"{name}({string.Join(',', Properties(parameters))})");

    public void AddSchema(JsonNode? schema)
    {
        if (schema is not null)
        {
            Add(Subjects.Schema, string.Join(',', Properties(schema)));
        }
    }

    public IEnumerator<Fact> GetEnumerator() => _facts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static IEnumerable<string> Properties(JsonNode? schema) =>
        (schema.Object("properties") ?? []).Select(property => property.Key).Order(StringComparer.Ordinal);

    /// <summary>Arguments whose order and white space are not the model's to choose.</summary>
    private static string Sorted(JsonNode? arguments) => arguments is not JsonObject fields
        ? arguments?.ToJsonString() ?? "null"
        : new JsonObject(fields.OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))).ToJsonString();
}
