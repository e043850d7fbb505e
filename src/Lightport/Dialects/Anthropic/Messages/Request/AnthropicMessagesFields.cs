using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Reads a request's fields; what is of the wrong kind is a 400 that names the field's path.</summary>
internal static class AnthropicMessagesFields
{
    /// <summary>A field's value; null where it is absent or JSON null.</summary>
    public static JsonElement? Optional(JsonElement owner, string name) =>
        LenientText.TryGetProperty(owner, name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    public static string? OptionalString(JsonElement owner, string name, string path) => Optional(owner, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.Text(),
        _ => throw Wrong(Join(path, name), "a string"),
    };

    public static string RequireString(JsonElement owner, string name, string path) =>
        OptionalString(owner, name, path) ?? throw Missing(Join(path, name));

    public static int? OptionalInteger(JsonElement owner, string name, string path) => Optional(owner, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out int number) => number,
        _ => throw Wrong(Join(path, name), "an integer"),
    };

    public static double? OptionalNumber(JsonElement owner, string name, string path) => Optional(owner, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value
            when value.TryGetDouble(out double number) && double.IsFinite(number) => number,
        _ => throw Wrong(Join(path, name), "a number"),
    };

    public static bool? OptionalBoolean(JsonElement owner, string name, string path) => Optional(owner, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(Join(path, name), "true or false"),
    };

    public static JsonElement? OptionalObject(JsonElement owner, string name, string path) =>
        Optional(owner, name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Object } value => value,
            _ => throw Wrong(Join(path, name), "an object"),
        };

    public static JsonElement? OptionalArray(JsonElement owner, string name, string path) =>
        Optional(owner, name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Array } value => value,
            _ => throw Wrong(Join(path, name), "an array"),
        };

    public static CacheControl? OptionalCache(JsonElement owner, string path) =>
        OptionalObject(owner, "cache_control", path) is { } cache
            ? new CacheControl(OptionalString(cache, "ttl", Join(path, "cache_control")))
            : null;

    /// <summary>The fields that none of <paramref name="known"/> names.</summary>
    public static IEnumerable<Extension> Others(
        JsonElement owner, IReadOnlySet<string> known, RequestTally tally, string prefix = "")
    {
        foreach (JsonProperty property in owner.EnumerateObject())
        {
            string name = LenientText.Name(property);
            if (!known.Contains(name) && property.Value.ValueKind != JsonValueKind.Null)
            {
                tally.AddUnknownField(name);
                yield return new Extension(prefix + name, property.Value);
            }
        }
    }

    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    public static GatewayException Missing(string field) =>
        GatewayException.BadRequest($"'{field}' is required.", field);

    public static GatewayException Wrong(string field, string expected) =>
        GatewayException.BadRequest($"'{field}' must be {expected}.", field);
}
