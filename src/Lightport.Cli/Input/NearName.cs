namespace Lightport.Cli.Input;

/// <summary>Finds the name that someone may have meant who typed another.</summary>
internal static class NearName
{
    private const int LongestTyped = 40;

    /// <summary>The nearest of the names; null where none is less than about a third of its letters away.</summary>
    public static string? Find(string typed, IEnumerable<string> names) => typed.Length > LongestTyped ? null : names
        .Select(name => (Name: name, Distance: Distance(typed, name)))
        .Where(near => near.Distance <= Math.Max(1, near.Name.TrimStart('-').Length / 3))
        .OrderBy(near => near.Distance)
        .Select(near => near.Name)
        .FirstOrDefault();

    /// <summary>How many letters must be put in, left out, exchanged or swapped with the next.</summary>
    private static int Distance(string left, string right)
    {
        var steps = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                steps[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1,
                    steps[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    steps[i, j] = Math.Min(steps[i, j], steps[i - 2, j - 2] + 1);
                }
            }
        }

        return steps[left.Length, right.Length];
    }
}
