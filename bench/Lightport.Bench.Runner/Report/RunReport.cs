using Lightport.Bench.Runner.Load;

namespace Lightport.Bench.Runner.Report;

/// <summary>Everything that one run found out; written as JSON as it stands.</summary>
internal sealed record RunReport
{
    /// <summary>yyyy-MM-dd.</summary>
    public required string Date { get; init; }

    /// <summary>Short; <c>-dirty</c> where the tree had changes.</summary>
    public required string Commit { get; init; }

    public required string Machine { get; init; }

    /// <summary>Load average of the last minute before the start; well above 0.5, others were at work.</summary>
    public required double LoadBefore { get; init; }

    public required string Length { get; init; }

    public List<LoadResult> Loads { get; init; } = [];

    public List<Figure> Figures { get; init; } = [];

    public List<string> Notes { get; init; } = [];

    public List<string> MicroTables { get; init; } = [];

    public void AddTurn(string scenario, string contender, WrkResult turn)
    {
        LoadResult? result = Loads.Find(load => load.Scenario == scenario && load.Contender == contender);
        if (result is null)
        {
            Loads.Add(result = new LoadResult(scenario, contender));
        }

        result.Turns.Add(turn);
    }

    /// <summary>Answers a second, or null where that was not measured.</summary>
    public double? PerSecond(Scenario scenario, string contender) =>
        Loads.Find(load => load.Scenario == scenario.Name && load.Contender == contender)?.PerSecond;

    public double? Find(string figure, string contender) =>
        Figures.Find(known => known.Name == figure && known.Contender == contender)?.Value;
}
