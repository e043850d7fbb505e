using System.Diagnostics;
using System.Globalization;
using Lightport.Bench.Runner.Contenders;

namespace Lightport.Bench.Runner.Probes;

/// <summary>Runs the micro-benchmarks' program: the bytes of a chunk always, BenchmarkDotNet when asked.</summary>
internal static class MicroProbe
{
    public static async Task RunAsync(BenchContext bench)
    {
        if (bench.Contenders.All(contender => contender.Name != Contender.Lightport))
        {
            return;
        }

        string program = bench.Layout.Program("micro", "Lightport.Bench.Micro");
        BenchContext.Say("allocations of a chunk");
        string output = await RunAsync(program, "chunks", bench.Layout.Work);
        foreach (string line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // "figure<tab>bytes"
            string[] cells = line.Split('\t');
            bench.Record(cells[0], Contender.Lightport, double.Parse(cells[1], CultureInfo.InvariantCulture));
        }

        if (!bench.Options.Micro)
        {
            return;
        }

        BenchContext.Say("micro-benchmarks");
        await RunAsync(program, "benchmarks", bench.Layout.Work);
        string results = Path.Combine(bench.Layout.Work, "BenchmarkDotNet.Artifacts", "results");
        foreach (string table in Directory.GetFiles(results, "*-report-github.md").Order(StringComparer.Ordinal))
        {
            // "Lightport.Bench.Micro.FramingBenchmarks-report-github.md"
            string name = Path.GetFileName(table).Split('-')[0].Split('.')[^1];
            IEnumerable<string> rows = File.ReadLines(table).Where(line => line.StartsWith('|'));
            bench.Report.MicroTables.Add($"{name}\n\n{string.Join('\n', rows)}");
        }
    }

    private static async Task<string> RunAsync(string program, string command, string folder)
    {
        var start = new ProcessStartInfo(program, command) { RedirectStandardOutput = true, WorkingDirectory = folder };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {command} failed: {output}");
    }
}
