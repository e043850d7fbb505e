namespace Lightport.Routing;

/// <summary>Finds the names that someone may have meant: few letters apart, or the same after the last slash.</summary>
public static class NearNames
{
    /// <summary>
    /// A longer name is not compared: the work grows with the square of its length, and clients choose it.
    /// </summary>
    public const int LongestCompared = 100;

    /// <summary>
    /// At most <paramref name="most"/> of the candidates, nearest first; none that is a third or more apart.
    /// </summary>
    public static IReadOnlyList<string> Find(string wanted, IEnumerable<string> candidates, int most = 3)
    {
        if (wanted.Length is 0 or > LongestCompared)
        {
            return [];
        }

        int furthest = Math.Max(1, wanted.Length / 3);
        return [.. candidates
            .Where(candidate => candidate.Length <= LongestCompared)
            .Select(candidate => (Name: candidate, Distance: Distance(wanted, candidate, furthest)))
            .Where(near => near.Distance <= furthest)
            .OrderBy(near => near.Distance)
            .ThenBy(near => near.Name, StringComparer.Ordinal)
            .Take(most)
            .Select(near => near.Name)];
    }

    /// <summary>A question to put after an error, or nothing: <c>; did you mean 'fallback'?</c></summary>
    public static string Question(string wanted, IEnumerable<string> candidates) =>
        Find(wanted, candidates, 1) is [string near] ? $"; did you mean '{near}'?" : "";

    private static int Distance(string left, string right, int furthest) =>
        AfterSlash(left).SequenceEqual(AfterSlash(right))
            ? left == right ? 0 : 1
            : Levenshtein(left, right, furthest);

    private static ReadOnlySpan<char> AfterSlash(string name) => name.AsSpan(name.LastIndexOf('/') + 1);

    /// <summary>Gives up as soon as it is further: there may be ten thousand names, and nearly all are.</summary>
    private static int Levenshtein(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int furthest)
    {
        if (Math.Abs(left.Length - right.Length) > furthest)
        {
            return int.MaxValue;
        }

        Span<int> row = stackalloc int[right.Length + 1];
        for (int column = 0; column < row.Length; column++)
        {
            row[column] = column;
        }

        foreach (char letter in left)
        {
            int diagonal = row[0]++;
            int nearest = row[0];
            for (int column = 1; column < row.Length; column++)
            {
                bool same = char.ToLowerInvariant(letter) == char.ToLowerInvariant(right[column - 1]);
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, Math.Min(row[column - 1], diagonal) + 1);
                nearest = Math.Min(nearest, row[column]);
            }

            if (nearest > furthest)
            {
                return int.MaxValue;
            }
        }

        return row[^1];
    }
}
