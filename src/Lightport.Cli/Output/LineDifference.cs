namespace Lightport.Cli.Output;

/// <summary>What lies between two texts, line by line.</summary>
internal static class LineDifference
{
    /// <summary>Beyond so many pairs of lines, all of the old is shown and then all of the new.</summary>
    private const int MostPairs = 1 << 20;

    /// <returns>Each line with <c>-</c>, <c>+</c>, or a space where it is in both; in order.</returns>
    public static IReadOnlyList<(char Sign, string Line)> Between(string before, string after)
    {
        string[] old = before.Split('\n');
        string[] now = after.Split('\n');
        return (long)old.Length * now.Length > MostPairs
            ? [.. old.Select(line => ('-', line)), .. now.Select(line => ('+', line))]
            : Walk(old, now, LongestCommon(old, now));
    }

    /// <summary>How many lines the tails from each pair on have in common.</summary>
    private static int[,] LongestCommon(string[] old, string[] now)
    {
        int[,] common = new int[old.Length + 1, now.Length + 1];
        for (int i = old.Length - 1; i >= 0; i--)
        {
            for (int j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] = Same(old[i], now[j])
                    ? common[i + 1, j + 1] + 1
                    : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }

    private static List<(char Sign, string Line)> Walk(string[] old, string[] now, int[,] common)
    {
        var lines = new List<(char, string)>();
        int i = 0;
        int j = 0;
        while (i < old.Length || j < now.Length)
        {
            if (i < old.Length && j < now.Length && Same(old[i], now[j]))
            {
                lines.Add((' ', now[j++]));
                i++;
            }
            else if (j == now.Length || (i < old.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add(('-', old[i++]));
            }
            else
            {
                lines.Add(('+', now[j++]));
            }
        }

        return lines;
    }

    /// <summary>A comma at the end only says that another line of JSON follows.</summary>
    private static bool Same(string one, string other) =>
        one.AsSpan().TrimEnd(',').SequenceEqual(other.AsSpan().TrimEnd(','));
}
