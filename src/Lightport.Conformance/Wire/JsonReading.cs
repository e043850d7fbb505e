using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lightport.Conformance.Wire;

/// <summary>Reads what may not be there.</summary>
internal static class JsonReading
{
    /// <summary>A field's text; null where it is none.</summary>
    public static string? Text(this JsonNode? owner, string name) =>
        owner is JsonObject fields && fields[name] is JsonValue value && value.TryGetValue(out string? text)
            ? text
            : null;

    /// <summary>A field's whole number; null where it is none.</summary>
    public static long? Count(this JsonNode? owner, string name) =>
        owner is JsonObject fields && fields[name] is JsonValue value
            ? value.TryGetValue(out long count) ? count : value.TryGetValue(out int small) ? small : null
            : null;

    /// <summary>The objects of a list; none where it is no list.</summary>
    public static IEnumerable<JsonObject> Items(this JsonNode? owner, string name) =>
        owner is JsonObject fields && fields[name] is JsonArray list ? list.OfType<JsonObject>() : [];

    /// <summary>A field's object; null where it is none.</summary>
    public static JsonObject? Object(this JsonNode? owner, string name) =>
        owner is JsonObject fields ? fields[name] as JsonObject : null;

    /// <summary>The object that a text holds; null where it holds none.</summary>
    public static JsonObject? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Adds to a text that comes in pieces.</summary>
    public static void Append(this JsonObject owner, string name, string? more)
    {
        if (more is not null)
        {
            owner[name] = owner.Text(name) + more;
        }
    }

    /// <summary>The list of that name, made where it is not there.</summary>
    public static JsonArray List(this JsonObject owner, string name)
    {
        if (owner[name] is not JsonArray list)
        {
            owner[name] = list = [];
        }

        return list;
    }
}
