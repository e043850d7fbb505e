using Lightport.Bench.Runner.Contenders;
using Lightport.Bench.Runner.Report;

namespace Lightport.Bench.Runner;

/// <summary>What every measurement is given.</summary>
internal sealed record BenchContext(BenchOptions Options, Layout Layout, int UpstreamPort, RunReport Report)
{
    public required IReadOnlyList<Contender> Contenders { get; init; }

    /// <summary>The contenders that are processes of their own, and whose insides are looked at.</summary>
    public IEnumerable<Contender> Gateways => Contenders.Where(contender => contender is { Launch: not null, ForLoadAlone: false });

    public static void Say(string text) => Console.Error.WriteLine($"bench: {text}");

    public void Record(string figure, string contender, double value) =>
        Report.Figures.Add(new Figure(figure, contender, Math.Round(value, 3)));

    /// <summary>A fresh instance, answering.</summary>
    public Task<RunningContender> StartAsync(Contender contender) =>
        RunningContender.StartAsync(contender, Layout, UpstreamPort);
}
