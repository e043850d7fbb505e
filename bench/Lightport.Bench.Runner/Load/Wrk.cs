using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Lightport.Bench.Runner.Contenders;
using Lightport.Bench.Runner.Wire;

namespace Lightport.Bench.Runner.Load;

/// <summary>Runs wrk for one turn.</summary>
internal static class Wrk
{
    public static async Task<WrkResult> RunAsync(
        BenchContext bench, RunningContender target, Scenario scenario, int seconds)
    {
        string body = bench.Layout.WorkFile(scenario.FileName);
        if (!File.Exists(body))
        {
            await File.WriteAllBytesAsync(body, scenario.Body());
        }

        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true };
        string[] arguments =
        [
            "-t1", $"-c{BenchOptions.Connections}", $"-d{seconds}s", "--timeout", "10s",
            "-s", Path.Combine(bench.Layout.Bench, "load", "post.lua"),
            $"http://127.0.0.1:{target.Port}{RequestBytes.Path}", "--", body,
            .. RequestBytes.Headers(target.Contender, scenario),
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process wrk = Process.Start(start)!;
        string output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        string line = output.Split('\n').LastOrDefault(text => text.StartsWith('{'))
            ?? throw new InvalidOperationException("wrk said nothing: " + output);
        using JsonDocument summary = JsonDocument.Parse(line);
        double Read(string name) => summary.RootElement.GetProperty(name).GetDouble();
        double elapsed = Read("duration_us") / 1e6;
        return new WrkResult(
            Math.Round(Read("requests") / elapsed, 1),
            Math.Round(Read("p50_us") / 1e3, 3),
            Math.Round(Read("p99_us") / 1e3, 3),
            Convert.ToInt64(Read("errors"), CultureInfo.InvariantCulture));
    }
}
