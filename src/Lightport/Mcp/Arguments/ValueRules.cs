using System.Globalization;
using System.Text.Json;

namespace Lightport.Mcp.Arguments;

/// <summary>What a schema says of a value itself, and not of what is in it.</summary>
internal static class ValueRules
{
    public static string? Problem(JsonElement schema, JsonElement value, string path) =>
        OfType(schema, value, path)
        ?? OfChoices(schema, value, path)
        ?? value.ValueKind switch
        {
            JsonValueKind.Number => OfNumber(schema, value, path),
            JsonValueKind.String => OfText(schema, value.GetString()!, path),
            JsonValueKind.Array => OfCount(schema, "minItems", "maxItems", value.GetArrayLength(), path, "items"),
            _ => null,
        };

    private static string? OfType(JsonElement schema, JsonElement value, string path)
    {
        if (!schema.TryGetProperty("type", out JsonElement type))
        {
            return null;
        }

        bool fits = type.ValueKind switch
        {
            JsonValueKind.String => Is(value, type.GetString()!),
            JsonValueKind.Array => type.EnumerateArray()
                .Any(one => one.ValueKind == JsonValueKind.String && Is(value, one.GetString()!)),
            _ => true,
        };
        return fits ? null : $"{path} must be of type {type.GetRawText().Replace("\"", "", StringComparison.Ordinal)}.";
    }

    private static bool Is(JsonElement value, string type) => type switch
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

    private static string? OfChoices(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("const", out JsonElement only) && !JsonElement.DeepEquals(only, value))
        {
            return $"{path} must be {Conversation.ShortText.Of(only.GetRawText())}.";
        }

        return schema.TryGetProperty("enum", out JsonElement choices)
            && choices.ValueKind == JsonValueKind.Array
            && !choices.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value))
                ? $"{path} must be one of {Conversation.ShortText.Of(choices.GetRawText(), 500)}."
                : null;
    }

    private static string? OfNumber(JsonElement schema, JsonElement value, string path)
    {
        double number = value.GetDouble();
        return Limit(schema, "minimum") is { } least && number < least ? $"{path} must be at least {Say(least)}."
            : Limit(schema, "maximum") is { } most && number > most ? $"{path} must be at most {Say(most)}."
            : Limit(schema, "exclusiveMinimum") is { } above && number <= above ? $"{path} must be over {Say(above)}."
            : Limit(schema, "exclusiveMaximum") is { } below && number >= below ? $"{path} must be below {Say(below)}."
            : null;
    }

    private static string? OfText(JsonElement schema, string text, string path)
    {
        // JSON Schema counts characters as Unicode does, and not their halves.
        bool isCounted = schema.TryGetProperty("minLength", out _) || schema.TryGetProperty("maxLength", out _);
        int length = isCounted ? text.EnumerateRunes().Count() : 0;
        return (isCounted ? OfCount(schema, "minLength", "maxLength", length, path, "characters") : null)
            ?? (schema.TryGetProperty("pattern", out JsonElement pattern)
                && pattern.ValueKind == JsonValueKind.String
                && !TextPattern.Fits(pattern.GetString()!, text)
                    ? $"{path} must fit the pattern {Conversation.ShortText.Of(pattern.GetString()!)}."
                    : null);
    }

    private static string? OfCount(
        JsonElement schema, string least, string most, int count, string path, string what) =>
        Limit(schema, least) is { } few && count < few ? $"{path} must have at least {Say(few)} {what}."
        : Limit(schema, most) is { } many && count > many ? $"{path} must have at most {Say(many)} {what}."
        : null;

    private static double? Limit(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out JsonElement limit) && limit.ValueKind == JsonValueKind.Number
            ? limit.GetDouble()
            : null;

    private static string Say(double number) => number.ToString(CultureInfo.InvariantCulture);
}
