using System.Globalization;
using Lightport.Bench.Runner;
using Lightport.Bench.Runner.Contenders;
using Lightport.Bench.Runner.Load;
using Lightport.Bench.Runner.Probes;
using Lightport.Bench.Runner.Report;

// Started by bench/run.sh: <root> <commit> [options].
var layout = new Layout(args[0]);
BenchOptions options = BenchOptions.Parse(args[2..]);

var upstream = new Contender("upstream")
{
    Launch = port => new Launch(layout.Program("upstream", "Lightport.Bench.Upstream"), $"{port}"),
};
using RunningContender provider = await RunningContender.StartAsync(upstream, layout, 0);
var bench = new BenchContext(options, layout, provider.Port, new RunReport
{
    Date = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    Commit = args[1],
    Machine = Machine.Describe(),
    LoadBefore = Machine.LoadAverage(),
    Length = $"{options.Rounds} rounds of {options.Seconds} s each, {BenchOptions.Connections} connections"
        + (options.Quick ? "; a quick run, whose numbers mean little" : ""),
})
{
    Contenders = [.. ContenderList.Create(layout, provider.Port).Where(c => !options.Without.Contains(c.Name))],
};
BenchContext.Say(MarkdownReport.Conditions(bench.Report));
await LoadRounds.RunAsync(bench);
await ProbeRounds.RunAsync(bench);
await MicroProbe.RunAsync(bench);
ReportFiles.Write(bench);
