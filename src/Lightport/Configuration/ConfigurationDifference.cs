using Lightport.Configuration.Entries;
using Lightport.Storage;

namespace Lightport.Configuration;

/// <summary>What changes from one version to the next, entry by entry, as people talk of it.</summary>
internal static class ConfigurationDifference
{
    /// <summary>In the order of the new version, what is removed last; empty where nothing changes.</summary>
    public static IReadOnlyList<ConfigurationChange> Between(
        IReadOnlyList<ConfigurationEntry> before,
        IReadOnlyList<ConfigurationEntry> after)
    {
        (before, after) = (SettingParts.Of(before), SettingParts.Of(after));
        var old = before.ToDictionary(Key);
        HashSet<(string, string)> kept = [.. after.Select(Key)];
        HashSet<(string, string)> moved = Moved(before, after);
        var changes = new List<ConfigurationChange>();
        foreach (ConfigurationEntry entry in after)
        {
            if (!old.TryGetValue(Key(entry), out ConfigurationEntry? was))
            {
                changes.Add(new("added", entry.Kind, entry.Name, null, entry.Json));
            }
            else if (was.Json != entry.Json)
            {
                changes.Add(new("changed", entry.Kind, entry.Name, was.Json, entry.Json));
            }
            else if (moved.Contains(Key(entry)))
            {
                changes.Add(new("moved", entry.Kind, entry.Name, was.Json, entry.Json));
            }
        }

        changes.AddRange(before
            .Where(entry => !kept.Contains(Key(entry)))
            .Select(entry => new ConfigurationChange("removed", entry.Kind, entry.Name, entry.Json, null)));
        return changes;
    }

    private static (string, string) Key(ConfigurationEntry entry) => (entry.Kind, entry.Name);

    /// <summary>
    /// The fewest entries whose moving makes the one order of the other: all but a longest run that rises in both.
    /// Settings have no order.
    /// </summary>
    private static HashSet<(string, string)> Moved(
        IReadOnlyList<ConfigurationEntry> before,
        IReadOnlyList<ConfigurationEntry> after)
    {
        Dictionary<(string, string), int> places = [];
        foreach (ConfigurationEntry entry in before)
        {
            places[Key(entry)] = places.Count;
        }

        var moved = new HashSet<(string, string)>();
        foreach (IGrouping<string, ConfigurationEntry> kind in after
            .Where(entry => entry.Kind != EntryKind.Setting && places.ContainsKey(Key(entry)))
            .GroupBy(entry => entry.Kind))
        {
            ConfigurationEntry[] common = [.. kind];
            HashSet<int> still = LongestRise([.. common.Select(entry => places[Key(entry)])]);
            moved.UnionWith(common.Where((_, index) => !still.Contains(index)).Select(Key));
        }

        return moved;
    }

    /// <summary>The indexes of a longest rising subsequence (patience sorting).</summary>
    private static HashSet<int> LongestRise(int[] values)
    {
        var ends = new List<int>();
        int[] previous = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int pile = ends.BinarySearch(i, Comparer<int>.Create((a, b) => values[a].CompareTo(values[b])));
            pile = pile < 0 ? ~pile : pile;
            previous[i] = pile > 0 ? ends[pile - 1] : -1;
            if (pile == ends.Count)
            {
                ends.Add(i);
            }
            else
            {
                ends[pile] = i;
            }
        }

        var rise = new HashSet<int>();
        for (int i = ends.Count > 0 ? ends[^1] : -1; i >= 0; i = previous[i])
        {
            rise.Add(i);
        }

        return rise;
    }
}
