using Lightport.Bench.Runner.Load;

namespace Lightport.Bench.Runner.Report;

/// <summary>All turns of one contender in one scenario.</summary>
internal sealed record LoadResult(string Scenario, string Contender)
{
    public List<WrkResult> Turns { get; init; } = [];

    /// <summary>Median of the rounds, answers a second.</summary>
    public double PerSecond => Units.Median(Turns.Select(turn => turn.PerSecond));

    public double P50 => Units.Median(Turns.Select(turn => turn.P50));

    public double P99 => Units.Median(Turns.Select(turn => turn.P99));

    public long Errors => Turns.Sum(turn => turn.Errors);
}
