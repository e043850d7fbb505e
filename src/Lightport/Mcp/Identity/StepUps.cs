using Lightport.Mcp.Connections;

namespace Lightport.Mcp.Identity;

/// <summary>
/// The scopes that servers have said calls need beyond those that are written, as far as whoever runs the gateway lets
/// them: a server must not be able to ask for whatever the gateway may have elsewhere, nor for what no token is given
/// for, since everyone's calls go by the same token.
/// </summary>
internal sealed class StepUps(TimeProvider time)
{
    /// <summary>Of servers and users; they are found out anew where there are more.</summary>
    private const int Most = 4096;

    /// <summary>Scopes beside those that are written, and scopes that were refused, of one server and user.</summary>
    private const int MostScopes = 32;

    /// <summary>What was refused may be given by then; until then nobody asks for it.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<ServerKey, Found> _found = [];

    /// <summary>What is asked for; null for nothing.</summary>
    public string? ScopeOf(ServerKey key, ClientCredentials credentials)
    {
        lock (_lock)
        {
            return Scope_NeedsLock(key, credentials);
        }
    }

    /// <summary>Takes what a call needs.</summary>
    /// <returns>
    /// Whether another token may do: all of it is let, and something of it was not asked for before.
    /// </returns>
    public bool Take(ServerKey key, ClientCredentials credentials, IReadOnlyList<string> needed)
    {
        lock (_lock)
        {
            Found before = _found.GetValueOrDefault(key, Found.Nothing);
            string[] refused = Refused(before);
            string[] missing = [.. needed.Except(Written(credentials)).Except(before.Added)];
            if (missing.Length == 0
                || before.Added.Length + missing.Length > MostScopes
                || refused.Length >= MostScopes
                || missing.Intersect(refused).Any()
                || !missing.All(scope => credentials.StepUp.Any(pattern => NamePattern.Fits(pattern, scope))))
            {
                return false;
            }

            if (_found.Count >= Most)
            {
                _found.Clear();
            }

            _found[key] = before with { Good = before.Added, Tried = missing };
            return true;
        }
    }

    /// <summary>No token is given for a scope: what was added to it last is asked for no more, for a while.</summary>
    /// <returns>Whether something else is asked for now.</returns>
    public bool Refuse(ServerKey key, ClientCredentials credentials, string? scope)
    {
        lock (_lock)
        {
            if (_found.TryGetValue(key, out Found? found)
                && found.Added.Length > 0
                && scope == Scope_NeedsLock(key, credentials))
            {
                (string[] good, string[] refused) =
                    found.Tried.Length > 0 ? (found.Good, found.Tried) : ([], found.Good);
                _found[key] = new Found(good, [], [.. Refused(found), .. refused], time.GetTimestamp());
            }

            return scope != Scope_NeedsLock(key, credentials);
        }
    }

    private string? Scope_NeedsLock(ServerKey key, ClientCredentials credentials) =>
        _found.TryGetValue(key, out Found? found) && found.Added.Length > 0
            ? string.Join(' ', Written(credentials).Concat(found.Added).Distinct())
            : credentials.Scope;

    private string[] Refused(Found found) =>
        found.Refused.Length > 0 && time.GetElapsedTime(found.RefusedAt) < Rest ? found.Refused : [];

    private static string[] Written(ClientCredentials credentials) =>
        (credentials.Scope ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <param name="Good">Those that were asked for before the last were added.</param>
    /// <param name="Tried">Those that were added last.</param>
    /// <param name="Refused">Those for which no token was given.</param>
    /// <param name="RefusedAt">When that was last, as a timestamp of the clock.</param>
    private sealed record Found(string[] Good, string[] Tried, string[] Refused, long RefusedAt)
    {
        public static Found Nothing { get; } = new([], [], [], 0);

        public string[] Added => [.. Good, .. Tried];
    }
}
