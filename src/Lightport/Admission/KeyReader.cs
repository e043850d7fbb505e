using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Lightport.Admission;

/// <summary>
/// Finds the key that a client shows, wherever its SDK puts it: <c>Authorization: Bearer</c> (OpenAI, Anthropic from
/// 1.x), <c>x-api-key</c> (Anthropic), <c>x-goog-api-key</c> (Gemini), <c>api-key</c> (Azure), <c>?key=</c> (Gemini).
/// The first that is there in this order counts; clients may send several. A key of anything but visible ASCII is none:
/// it would stand in a provider's header, where a line end begins a request of its own.
/// </summary>
internal static class KeyReader
{
    private static readonly string[] HeaderNames = ["x-api-key", "x-goog-api-key", "api-key"];

    /// <summary>The key, or nothing. A span over the header, so nothing is copied.</summary>
    public static ReadOnlySpan<char> Read(HttpRequest request)
    {
        ReadOnlySpan<char> key = FromHeaders(request);
        return Sound(key.IsEmpty ? FromQuery(request.QueryString) : key);
    }

    /// <summary>The key, or nothing, where it may stand in no address: proxies keep those in their logs.</summary>
    public static ReadOnlySpan<char> ReadHeaders(HttpRequest request) => Sound(FromHeaders(request));

    private static ReadOnlySpan<char> FromHeaders(HttpRequest request)
    {
        ReadOnlySpan<char> key = Bearer(request.Headers.Authorization);
        foreach (string name in HeaderNames)
        {
            if (!key.IsEmpty)
            {
                return key;
            }

            key = First(request.Headers[name]).AsSpan().Trim();
        }

        return key;
    }

    private static ReadOnlySpan<char> Sound(ReadOnlySpan<char> key) =>
        key.ContainsAnyExceptInRange('!', '~') ? default : key;

    private static ReadOnlySpan<char> Bearer(StringValues authorization)
    {
        const string Scheme = "Bearer ";
        ReadOnlySpan<char> value = First(authorization).AsSpan().Trim();
        return value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? value[Scheme.Length..].Trim() : default;
    }

    private static ReadOnlySpan<char> FromQuery(QueryString query)
    {
        if (!query.HasValue)
        {
            return default;
        }

        foreach (QueryStringEnumerable.EncodedNameValuePair pair in new QueryStringEnumerable(query.Value))
        {
            if (pair.DecodeName().Span.SequenceEqual("key"))
            {
                return pair.DecodeValue().Span;
            }
        }

        return default;
    }

    private static string? First(StringValues values) => values.Count > 0 ? values[0] : null;
}
