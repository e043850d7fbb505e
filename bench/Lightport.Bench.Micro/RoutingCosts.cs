using System.Diagnostics;
using System.Globalization;

namespace Lightport.Bench.Micro;

/// <summary>
/// Prints what routing a request costs in processor time and memory: a policy and a number of targets a line, then the
/// attempt loop. The clock on the wall tells of a busy machine, and of nothing else; this holds on any.
/// </summary>
internal static class RoutingCosts
{
    private const int Warmth = 200_000;
    private const int Times = 2_000_000;

    public static void Print()
    {
        foreach (string policy in SelectionBenchmarks.Policies)
        {
            foreach (int targets in (int[])[1, 3])
            {
                var selection = new SelectionBenchmarks { Policy = policy, Targets = targets };
                selection.Setup();
                Print($"{policy} {targets}", selection, static selection => selection.ResolveAndSelect());
            }
        }

        var attempts = new AttemptBenchmarks();
        Print("attempt", attempts, static attempts => attempts.Succeeds());
        Print("deadline", attempts, static attempts => attempts.DeadlineAlone());
    }

    private static void Print<T, TResult>(string name, T given, Func<T, TResult> once)
    {
        Run(given, once, Warmth);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan before = Spent();
        Run(given, once, Times);
        double nanoseconds = (Spent() - before).TotalNanoseconds / Times;
        long bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Times;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {nanoseconds:F0} ns {bytes} B"));
    }

    private static void Run<T, TResult>(T given, Func<T, TResult> once, int times)
    {
        for (int i = 0; i < times; i++)
        {
            once(given);
        }
    }

    private static TimeSpan Spent()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
