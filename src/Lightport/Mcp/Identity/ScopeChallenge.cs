using System.Net;
using System.Net.Http.Headers;

namespace Lightport.Mcp.Identity;

/// <summary>
/// What a server says that a token lacks (RFC 6750, section 3.1, and "Scope Challenge Handling" at
/// https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization).
/// </summary>
internal static class ScopeChallenge
{
    private const int MostScopes = 32;

    private const int LongestScope = 256;

    /// <summary>The scopes that the call needs; none where it was refused for something else.</summary>
    public static IReadOnlyList<string> Of(HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized))
        {
            return [];
        }

        foreach (AuthenticationHeaderValue challenge in response.Headers.WwwAuthenticate)
        {
            if (challenge.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
                && challenge.Parameter is { } parameters
                && Find(parameters, "error") == "insufficient_scope")
            {
                string[] scopes = (Find(parameters, "scope") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
                return scopes.Length <= MostScopes && scopes.All(IsScope) ? scopes : [];
            }
        }

        return [];
    }

    /// <summary>RFC 6749, section 3.3.</summary>
    private static bool IsScope(string scope) =>
        scope.Length <= LongestScope
        && scope.All(letter => letter is '!' or (>= '#' and <= '[') or (>= ']' and <= '~'));

    /// <summary>A parameter's value, quoted or not (RFC 9110, section 11.2); null where it is not there.</summary>
    private static string? Find(string parameters, string name)
    {
        int at = 0;
        while (at < parameters.Length)
        {
            int equals = parameters.IndexOf('=', at);
            if (equals < 0)
            {
                return null;
            }

            ReadOnlySpan<char> found = parameters.AsSpan(at, equals - at).Trim(" ,\t");
            bool isIt = found.Equals(name, StringComparison.OrdinalIgnoreCase);
            at = equals + 1;
            string value;
            if (at < parameters.Length && parameters[at] == '"')
            {
                int end = parameters.IndexOf('"', at + 1);
                if (end < 0)
                {
                    return null;
                }

                value = parameters[(at + 1)..end];
                at = end + 1;
            }
            else
            {
                int end = parameters.IndexOf(',', at);
                end = end < 0 ? parameters.Length : end;
                value = parameters[at..end].Trim();
                at = end;
            }

            if (isIt)
            {
                return value;
            }
        }

        return null;
    }
}
