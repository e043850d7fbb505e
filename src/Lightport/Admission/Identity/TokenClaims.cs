using System.Text.Json;

namespace Lightport.Admission.Identity;

/// <summary>
/// What a JSON object of a token says, as texts: a list's items under the list's name, what is inside an object under
/// its path (<c>realm_access.roles</c>).
/// </summary>
internal sealed class TokenClaims
{
    /// <summary>The year 9999 begins, in seconds of the epoch: somewhat later there are no moments left.</summary>
    private const double EndOfTime = 253_370_764_800;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Texts that are lists with spaces between the items: RFC 8693, section 4.2, and Entra's name for
    /// it.</summary>
    private static readonly string[] SpacedLists = ["scope", "scp"];

    private readonly Dictionary<string, IReadOnlyList<string>> _values = new(StringComparer.Ordinal);

    private readonly Dictionary<string, double> _numbers = new(StringComparer.Ordinal);

    private TokenClaims()
    {
    }

    /// <summary>
    /// Null where the bytes are no JSON object, or one that says something twice: of two readers of such a token each
    /// might believe another half (RFC 7519, section 4).
    /// </summary>
    public static TokenClaims? Read(ReadOnlySpan<byte> json)
    {
        var claims = new TokenClaims();
        try
        {
            var root = JsonElement.Parse(json, Strict);
            return root.ValueKind == JsonValueKind.Object && claims.Add("", root) ? claims : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is what bytes that are no UTF-8 end in, and half a surrogate pair.
            return null;
        }
    }

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>The only value of that name; null where there is none, or more.</summary>
    public string? Text(string name) => Values(name) is [{ Length: > 0 } one] ? one : null;

    public IReadOnlyList<string> Values(string name) => _values.GetValueOrDefault(name, []);

    /// <summary>
    /// A moment in seconds of the epoch (<c>exp</c>, <c>nbf</c>), which is a number and no text (RFC 7519, section 2);
    /// null where it is none.
    /// </summary>
    public DateTimeOffset? Moment(string name) =>
        _numbers.TryGetValue(name, out double seconds) && seconds is >= 0 and <= EndOfTime
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;

    private bool Add(string path, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return AddAll(path, element);
            case JsonValueKind.Array:
                return AddItems(path, element);
            default:
                if (element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double number))
                {
                    _numbers.TryAdd(path, number);
                }

                string? text = TextOf(element);
                return _values.TryAdd(path, text is null ? [] : Listed(path, text));
        }
    }

    private bool AddAll(string path, JsonElement element)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!Add(path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Lists of objects are nothing that somebody could be let in by.</summary>
    private bool AddItems(string path, JsonElement element)
    {
        var values = new List<string>();
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (TextOf(item) is { } text)
            {
                values.Add(text);
            }
        }

        return _values.TryAdd(path, values);
    }

    private static string? TextOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        _ => null,
    };

    private static string[] Listed(string path, string text) =>
        SpacedLists.Contains(path) ? text.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [text];
}
