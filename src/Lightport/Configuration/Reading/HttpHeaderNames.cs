namespace Lightport.Configuration.Reading;

/// <summary>Which headers a configuration may add to calls.</summary>
internal static class HttpHeaderNames
{
    private static readonly HashSet<string> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        "authorization", "proxy-authorization", "x-api-key", "x-goog-api-key", "api-key", "cookie",
    };

    /// <summary>RFC 9110's token.</summary>
    public static bool IsName(string text) =>
        text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter));

    /// <summary>Printable, so that it cannot begin another header.</summary>
    public static bool IsValue(string text) => text.All(letter => letter is >= ' ' and <= '~');

    /// <summary>Carries a key, which comes from a secret and never stands in a file.</summary>
    public static bool CarriesKey(string name, string? authenticationHeader) =>
        Keys.Contains(name) || name.Equals(authenticationHeader, StringComparison.OrdinalIgnoreCase);
}
