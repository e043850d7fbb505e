using System.Diagnostics;

namespace Lightport.Bench.Tables;

/// <summary>Takes times and prints them, a line each.</summary>
internal static class Stopwatches
{
    public static async Task MeasureAsync(string what, int count, Func<Task> work)
    {
        long start = Stopwatch.GetTimestamp();
        await work();
        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        Console.WriteLine($"{what,-50} {taken.TotalSeconds,8:F2} s   {count / taken.TotalSeconds,10:N0} a second");
    }

    /// <summary>One after another, for what a single one takes.</summary>
    public static async Task SampleAsync(string what, int times, Func<int, Task> work)
    {
        var taken = new List<double>();
        for (int i = 0; i < times; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await work(i);
            taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        taken.Sort();
        Console.WriteLine(
            $"{what,-50} p50 {taken[times / 2]:F2} ms   p99 {taken[times * 99 / 100]:F2} ms   most {taken[^1]:F2} ms");
    }
}
