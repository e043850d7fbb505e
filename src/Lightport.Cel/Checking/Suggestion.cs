namespace Lightport.Cel.Checking;

/// <summary>What may have been meant by a name that is not declared.</summary>
internal static class Suggestion
{
    /// <summary>How many letters may be wrong.</summary>
    private const int Tolerance = 2;

    /// <summary>More names are not listed: whoever is told so many reads none of them.</summary>
    private const int MostListed = 12;

    /// <returns>The end of a sentence: the name that is close, else all, where they are few.</returns>
    public static string Or(string name, IEnumerable<string> known)
    {
        string[] names = [.. known.Order(StringComparer.Ordinal)];
        return For(name, names) is { Length: > 0 } close ? close
            : names.Length is 0 or > MostListed ? "" : $"; known are {string.Join(", ", names)}";
    }

    /// <returns>The end of a sentence; nothing where no name is close.</returns>
    public static string For(string name, IEnumerable<string> known)
    {
        string? closest = null;
        int least = Math.Min(Tolerance, name.Length / 2) + 1;
        foreach (string candidate in known.Order(StringComparer.Ordinal))
        {
            int distance = Math.Abs(candidate.Length - name.Length) < least ? Distance(name, candidate) : least;
            if (distance < least)
            {
                (closest, least) = (candidate, distance);
            }
        }

        return closest is null ? "" : $"; did you mean '{closest}'?";
    }

    /// <summary>How many letters have to be put in, taken out or changed to make one of the other.</summary>
    private static int Distance(string one, string other)
    {
        int[] previous = [.. Enumerable.Range(0, other.Length + 1)];
        int[] current = new int[other.Length + 1];
        for (int row = 1; row <= one.Length; row++)
        {
            current[0] = row;
            for (int column = 1; column <= other.Length; column++)
            {
                int change = previous[column - 1] + (one[row - 1] == other[column - 1] ? 0 : 1);
                current[column] = Math.Min(change, Math.Min(previous[column], current[column - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[other.Length];
    }
}
