using System.Collections.Concurrent;
using Lightport.Mcp.Connections;

namespace Lightport.Mcp.Identity;

/// <summary>
/// The scopes that servers have said calls need beyond those that are written, as far as whoever runs the gateway lets
/// them: a server must not be able to ask for whatever the gateway may have elsewhere.
/// </summary>
internal sealed class StepUps
{
    /// <summary>Of servers and users; they are found out anew where there are more.</summary>
    private const int Most = 4096;

    private readonly ConcurrentDictionary<ServerKey, string[]> _added = new();

    /// <summary>What is asked for; null for nothing.</summary>
    public string? ScopeOf(ServerKey key, ClientCredentials credentials) =>
        _added.TryGetValue(key, out string[]? added)
            ? string.Join(' ', Written(credentials).Concat(added).Distinct())
            : credentials.Scope;

    /// <summary>Takes what a call needs.</summary>
    /// <returns>
    /// Whether another token may do: all of it is let, and something of it was not asked for before.
    /// </returns>
    public bool Take(ServerKey key, ClientCredentials credentials, IReadOnlyList<string> needed)
    {
        string[] written = Written(credentials);
        string[] before = _added.GetValueOrDefault(key, []);
        string[] missing = [.. needed.Except(written).Except(before)];
        if (missing.Length == 0
            || !missing.All(scope => credentials.StepUp.Any(pattern => NamePattern.Fits(pattern, scope))))
        {
            return false;
        }

        if (_added.Count >= Most)
        {
            _added.Clear();
        }

        _added[key] = [.. before, .. missing];
        return true;
    }

    private static string[] Written(ClientCredentials credentials) =>
        (credentials.Scope ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
