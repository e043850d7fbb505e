using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lightport.Tests.Dialects.Aws.Converse;

/// <summary>
/// Checks JSON against Bedrock's own description of its API (botocore's <c>service-2.json</c>): names of fields, types,
/// unions, required fields, enumerations, lengths and patterns.
/// </summary>
internal sealed class AwsShape
{
    public const string Specification = "specs/bedrock";

    private static readonly Lazy<JsonElement> Shapes = new(() => JsonElement
        .Parse(File.ReadAllBytes(SharedFolder.PathOf($"{Specification}/2023-09-30/service-2.json")))
        .GetProperty("shapes"));

    /// <summary>What is wrong with a body, by the place where it is.</summary>
    /// <param name="shape">The shape's name (<c>ConverseRequest</c>).</param>
    public static IReadOnlyList<string> Complaints(string shape, JsonNode body)
    {
        var complaints = new List<string>();
        Check(shape, body, "", complaints);
        return complaints;
    }

    private static void Check(string name, JsonNode? value, string path, List<string> complaints)
    {
        JsonElement shape = Shapes.Value.GetProperty(name);
        if (shape.TryGetProperty("document", out _))
        {
            return;
        }

        if (value is null)
        {
            complaints.Add($"{path}: null");
            return;
        }

        switch (shape.GetProperty("type").GetString())
        {
            case "structure":
                CheckStructure(shape, value, path, complaints);
                break;
            case "list":
                CheckList(shape, value, path, complaints);
                break;
            case "map":
                CheckMap(shape, value, path, complaints);
                break;
            case "string" or "blob":
                CheckText(shape, value, path, complaints);
                break;
            case "boolean":
                Expect(value.GetValueKind() is JsonValueKind.True or JsonValueKind.False, path, "a boolean", complaints);
                break;
            default:
                CheckNumber(shape, value, path, complaints);
                break;
        }
    }

    private static void CheckStructure(JsonElement shape, JsonNode value, string path, List<string> complaints)
    {
        if (value is not JsonObject given)
        {
            complaints.Add($"{path}: no object");
            return;
        }

        JsonElement members = shape.GetProperty("members");
        foreach ((string field, JsonNode? inner) in given)
        {
            if (members.TryGetProperty(field, out JsonElement member))
            {
                Check(member.GetProperty("shape").GetString()!, inner, $"{path}.{field}", complaints);
            }
            else
            {
                complaints.Add($"{path}.{field}: no such field");
            }
        }

        if (shape.TryGetProperty("required", out JsonElement required))
        {
            foreach (string needed in required.EnumerateArray().Select(one => one.GetString()!))
            {
                bool isElsewhere = members.GetProperty(needed).TryGetProperty("location", out _);
                Expect(isElsewhere || given.ContainsKey(needed), path, $"a {needed}", complaints);
            }
        }

        Expect(!shape.TryGetProperty("union", out _) || given.Count == 1, path, "one field", complaints);
    }

    private static void CheckList(JsonElement shape, JsonNode value, string path, List<string> complaints)
    {
        if (value is not JsonArray items)
        {
            complaints.Add($"{path}: no list");
            return;
        }

        CheckLength(shape, items.Count, path, complaints);
        for (int i = 0; i < items.Count; i++)
        {
            Check(shape.GetProperty("member").GetProperty("shape").GetString()!, items[i], $"{path}[{i}]", complaints);
        }
    }

    private static void CheckMap(JsonElement shape, JsonNode value, string path, List<string> complaints)
    {
        JsonObject entries = value.AsObject();
        CheckLength(shape, entries.Count, path, complaints);
        foreach ((string key, JsonNode? inner) in entries)
        {
            Check(shape.GetProperty("key").GetProperty("shape").GetString()!, key, $"{path}.{key}", complaints);
            Check(shape.GetProperty("value").GetProperty("shape").GetString()!, inner, $"{path}.{key}", complaints);
        }
    }

    private static void CheckText(JsonElement shape, JsonNode value, string path, List<string> complaints)
    {
        if (value.GetValueKind() != JsonValueKind.String)
        {
            complaints.Add($"{path}: no text");
            return;
        }

        string text = (string)value!;
        CheckLength(shape, text.Length, path, complaints);
        if (shape.GetProperty("type").GetString() == "blob")
        {
            Expect(Convert.TryFromBase64String(text, new byte[text.Length], out _), path, "base64", complaints);
        }

        if (shape.TryGetProperty("enum", out JsonElement words))
        {
            Expect(words.EnumerateArray().Any(word => word.GetString() == text), path, "one of its words", complaints);
        }

        if (shape.TryGetProperty("pattern", out JsonElement pattern))
        {
            Expect(Regex.IsMatch(text, $@"\A(?:{pattern.GetString()})\z"), path, "its pattern", complaints);
        }
    }

    private static void CheckNumber(JsonElement shape, JsonNode value, string path, List<string> complaints)
    {
        if (value.GetValueKind() != JsonValueKind.Number)
        {
            complaints.Add($"{path}: no number");
            return;
        }

        double number = (double)value!;
        Expect(!shape.TryGetProperty("min", out JsonElement min) || number >= min.GetDouble(), path, "more", complaints);
        Expect(!shape.TryGetProperty("max", out JsonElement max) || number <= max.GetDouble(), path, "less", complaints);
    }

    private static void CheckLength(JsonElement shape, int length, string path, List<string> complaints)
    {
        Expect(!shape.TryGetProperty("min", out JsonElement min) || length >= min.GetInt32(), path, "more of it", complaints);
        Expect(!shape.TryGetProperty("max", out JsonElement max) || length <= max.GetInt32(), path, "less of it", complaints);
    }

    private static void Expect(bool holds, string path, string wanted, List<string> complaints)
    {
        if (!holds)
        {
            complaints.Add($"{path}: wants {wanted}");
        }
    }
}
