using System.Globalization;

namespace Lightport.Bench.Runner.Contenders;

/// <summary>What Linux tells of a process.</summary>
internal static class ProcFileSystem
{
    /// <summary>When a process started, in clock ticks after boot: with its id, a name not given twice.</summary>
    public static string StartTicks(int processId)
    {
        string stat = File.ReadAllText($"/proc/{processId}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
    }

    /// <summary>VmRSS of a process and all below it, in bytes.</summary>
    public static long ResidentBytes(int processId)
    {
        long total = 0;
        foreach (string line in File.ReadLines($"/proc/{processId}/status"))
        {
            if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
            {
                total = long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").TrimEnd(), CultureInfo.InvariantCulture) * 1024;
            }
        }

        string children = File.ReadAllText($"/proc/{processId}/task/{processId}/children");
        foreach (string child in children.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            total += ResidentBytes(int.Parse(child, CultureInfo.InvariantCulture));
        }

        return total;
    }
}
