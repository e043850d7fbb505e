using System.Text.Json;
using Lightport.Storage;

namespace Lightport.Configuration.Entries;

/// <summary>
/// Makes a configuration of entries that a store gave back. They were checked before they were written, so a bad one
/// was changed by hand or is of another release: it is named and left out, its last good value kept, and the rest
/// serves. A rule or a limit is never left out, for what it refuses would pass then: where one is bad, so is the
/// version, and so it is where the host refuses what there is.
/// </summary>
internal sealed class EntryReader(ConfigurationReader reader)
{
    /// <summary>Leaving an entry out can break another that names it, and so on; more is no accident.</summary>
    private const int MostRounds = 8;

    /// <param name="source">How errors name the version.</param>
    /// <param name="lastGood">The entries that are in force.</param>
    public EntryReading Read(
        IReadOnlyList<ConfigurationEntry> entries,
        string version,
        string source,
        IReadOnlyList<ConfigurationEntry> lastGood)
    {
        var problems = new List<string>();
        Dictionary<(string, string), ConfigurationEntry> before = lastGood.ToDictionary(Key);
        var current = new List<ConfigurationEntry>(entries.Count);
        foreach (ConfigurationEntry entry in entries)
        {
            string? broken = JsonProblem(entry);
            if (broken is not null && Refuses(entry))
            {
                return WithoutGuard(entry, broken, lastGood, problems);
            }

            Take(broken is null ? entry : Instead(entry, broken, before, problems), current);
        }

        for (int round = 0; round < MostRounds; round++)
        {
            if (current.Count == 0 && entries.Count > 0)
            {
                // With every entry left out, the defaults would serve in place of what somebody meant.
                break;
            }

            EntryDocument document = EntryDocument.Join(current, entries.Any(IsProvider));
            ConfigurationResult result = reader.ReadAlone(document.Text, source, version);
            if (result.Valid)
            {
                // What the host refuses is no entry's fault: without one, another would be served than was meant.
                return reader.HostRefusal(result.Configuration) is { } refusal
                    ? new EntryReading(null, lastGood, [.. problems, refusal])
                    : new EntryReading(result.Configuration, current, problems);
            }

            var bad = new Dictionary<ConfigurationEntry, string>(ReferenceEqualityComparer.Instance);
            foreach (ConfigurationError error in result.Errors)
            {
                if (document.At(error.Line) is not { } entry)
                {
                    return new EntryReading(null, lastGood, [.. problems, error.Message]);
                }

                if (Refuses(entry))
                {
                    return WithoutGuard(entry, error.Message, lastGood, problems);
                }

                bad.TryAdd(entry, error.Message);
            }

            var next = new List<ConfigurationEntry>(current.Count);
            foreach (ConfigurationEntry entry in current)
            {
                Take(bad.TryGetValue(entry, out string? why) ? Instead(entry, why, before, problems) : entry, next);
            }

            current = next;
        }

        return new EntryReading(null, lastGood, problems);
    }

    private static EntryReading WithoutGuard(
        ConfigurationEntry guard, string why, IReadOnlyList<ConfigurationEntry> lastGood, List<string> problems) =>
        new(null, lastGood,
        [
            .. problems,
            $"{guard.Kind} '{guard.Name}' cannot be used ({why.TrimEnd('.')}), and without it what it refuses would "
            + "pass: nothing of this version is used.",
        ]);

    private static bool Refuses(ConfigurationEntry entry) => entry.Kind is EntryKind.Rule or EntryKind.Limit;

    private static bool IsProvider(ConfigurationEntry entry) => entry.Kind == EntryKind.Provider;

    private static (string, string) Key(ConfigurationEntry entry) => (entry.Kind, entry.Name);

    private static void Take(ConfigurationEntry? entry, List<ConfigurationEntry> entries)
    {
        if (entry is not null)
        {
            entries.Add(entry);
        }
    }

    /// <summary>The last good value, which is tried once; else nothing.</summary>
    private static ConfigurationEntry? Instead(
        ConfigurationEntry entry,
        string why,
        Dictionary<(string, string), ConfigurationEntry> lastGood,
        List<string> problems)
    {
        bool known = lastGood.Remove(Key(entry), out ConfigurationEntry? kept) && kept.Json != entry.Json;
        problems.Add($"{entry.Kind} '{entry.Name}' is not used ({why.TrimEnd('.')}); "
            + (known ? "its last good value is kept." : "it is left out."));
        return known ? kept! with { Order = entry.Order } : null;
    }

    private static string? JsonProblem(ConfigurationEntry entry)
    {
        if (!EntryKind.All.Contains(entry.Kind))
        {
            return "its kind is not known to this release";
        }

        if (entry.Json.AsSpan().ContainsAny('\n', '\r'))
        {
            return "its value is not on one line";
        }

        try
        {
            using var json = JsonDocument.Parse(entry.Json);
            return null;
        }
        catch (JsonException)
        {
            return "its value is not JSON";
        }
    }
}
