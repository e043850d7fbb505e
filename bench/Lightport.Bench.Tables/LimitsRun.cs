using System.Diagnostics;
using System.Globalization;

namespace Lightport.Bench.Tables;

/// <summary>
/// Five processes that share a rate and a budget; one of them is killed, and another begins in its place.
/// </summary>
internal sealed class LimitsRun(string connectionString)
{
    private const int Processes = 5;
    private const double RequestsPerSecond = 12;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(200);
    private static readonly TimeSpan KillAfter = TimeSpan.FromSeconds(70);

    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, long> _requests = [];
    private readonly List<string> _ends = [];
    private long _spent;

    public async Task RunAsync()
    {
        List<Process> processes = [.. Enumerable.Range(0, Processes).Select(_ => Start(Length))];
        await Task.Delay(KillAfter);
        processes[0].Kill();
        processes.Add(Start(Length - KillAfter));
        await Task.WhenAll(processes.Select(process => process.WaitForExitAsync()));
        processes.ForEach(process => process.Dispose());
        Print();
    }

    private Process Start(TimeSpan length)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [
                "limits-instance", connectionString,
                RequestsPerSecond.ToString(CultureInfo.InvariantCulture),
                length.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            ])
        {
            RedirectStandardOutput = true,
        };
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        return process;
    }

    private void Take(string? line)
    {
        lock (_lock)
        {
            switch (line?.Split(' '))
            {
                case ["in", "Requests", var minute, _]:
                    long key = long.Parse(minute, CultureInfo.InvariantCulture);
                    _requests[key] = _requests.GetValueOrDefault(key) + 1;
                    break;
                case ["in", "Money", _, var used]:
                    _spent += long.Parse(used, CultureInfo.InvariantCulture);
                    break;
                case ["end", ..]:
                    _ends.Add(line);
                    break;
            }
        }
    }

    private void Print()
    {
        // A minute is told by when it ends.
        Console.WriteLine($"| the minute up to | let in, of {LimitsInstance.MostRequests} |\n|---|---|");
        foreach ((long minute, long count) in _requests)
        {
            Console.WriteLine($"| {new DateTime(minute * TimeSpan.TicksPerMinute):HH:mm} | {count} |");
        }

        Console.WriteLine($"\nspent: {_spent / 1e9:F4} of {LimitsInstance.Budget / 1e9:F2} dollars\n");
        Console.WriteLine("| process | operations | refused | wait p50, ms | p99 | longest | held at the end |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (string end in _ends)
        {
            Console.WriteLine($"| | {string.Join(" | ", end.Split(' ').Skip(1))} |");
        }
    }
}
