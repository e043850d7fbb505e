namespace Lightport.Configuration.Reading;

/// <summary>Which headers a configuration may add to calls.</summary>
internal static class HttpHeaderNames
{
    private static readonly HashSet<string> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        "authorization", "proxy-authorization", "x-api-key", "x-goog-api-key", "api-key", "cookie",
    };

    private static readonly HashSet<string> Local = new(StringComparer.OrdinalIgnoreCase)
    {
        "accept-encoding", "connection", "expect", "forwarded", "host", "keep-alive", "te", "trailer",
        "transfer-encoding", "upgrade", "x-functions-key",
    };

    private static readonly string[] LocalPrefixes = ["content-", "proxy-", "x-forwarded-", "x-lightport-", "x-ms-"];

    /// <summary>RFC 9110's token.</summary>
    public static bool IsName(string text) =>
        text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter));

    /// <summary>Printable, so that it cannot begin another header.</summary>
    public static bool IsValue(string text) => text.All(letter => letter is >= ' ' and <= '~');

    /// <summary>Carries a key, which comes from a secret and never stands in a file.</summary>
    /// <param name="keyHeaders">Where the provider wants its key.</param>
    public static bool CarriesKey(string name, IReadOnlyList<string?> keyHeaders) =>
        Keys.Contains(name) || keyHeaders.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Is between the client and this gateway alone: its connection, its body, its host's and its own settings.
    /// </summary>
    public static bool EndsHere(string name) =>
        Local.Contains(name)
        || LocalPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
