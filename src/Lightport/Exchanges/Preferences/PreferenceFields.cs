using System.Globalization;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Exchanges.Preferences;

/// <summary>Reads one field of a body that says where a request wants to go; a complaint names the place.</summary>
internal static class PreferenceFields
{
    /// <summary>In bytes; a longer one says no such thing.</summary>
    private const int Longest = 64 * 1024;

    private const int MostNames = 64;

    /// <summary>Null where it is absent or null, which mean the same.</summary>
    /// <exception cref="GatewayException">It is too long, or has a field twice.</exception>
    public static JsonElement? Find(JsonEnvelope body, string name)
    {
        if (!body.TryGet(name, out JsonField field) || field.Type == JsonTokenType.Null)
        {
            return null;
        }

        ReadOnlySpan<byte> value = body.Value(field);
        try
        {
            return value.Length <= Longest
                ? JsonElement.Parse(value, JsonSettings.Request)
                : throw Wrong(name, $"must have at most {Longest:N0} bytes");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Wrong(name, "must have each field once, by a name that is Unicode");
        }
    }

    /// <summary>A list of names; none where there is nothing.</summary>
    public static IReadOnlyList<string> Names(JsonElement? value, string path)
    {
        if (value is not { } list)
        {
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MostNames)
        {
            throw Wrong(path, $"must be an array of {MostNames} names at most");
        }

        var names = new List<string>(list.GetArrayLength());
        foreach (JsonElement item in list.EnumerateArray())
        {
            names.Add(item.ValueKind == JsonValueKind.String && item.Text() is { Length: > 0 } name
                ? name
                : throw Wrong($"{path}[{names.Count.ToString(CultureInfo.InvariantCulture)}]", "must be a name"));
        }

        return names;
    }

    public static bool Boolean(JsonElement? value, string path, bool unsaid = false) => value?.ValueKind switch
    {
        null => unsaid,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(path, "must be true or false"),
    };

    /// <summary>One of some words; null where there is nothing.</summary>
    public static string? Word(JsonElement? value, string path, params IReadOnlyList<string> words) => value switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } said when words.Contains(said.Text()) => said.Text(),
        _ => throw Wrong(path, $"must be {string.Join(" or ", words)}"),
    };

    /// <summary>A number of zero or more, which may stand in quotes; null where there is nothing.</summary>
    public static decimal? Amount(JsonElement? value, string path)
    {
        if (value is not { } said)
        {
            return null;
        }

        string? text = said.ValueKind is JsonValueKind.Number or JsonValueKind.String ? said.Words() : null;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal amount)
            && amount >= 0
            ? amount
            : throw Wrong(path, "must be a number of zero or more");
    }

    public static GatewayException Wrong(string path, string must) =>
        GatewayException.BadRequest($"'{path}' {must}.", path, "invalid_routing");
}
