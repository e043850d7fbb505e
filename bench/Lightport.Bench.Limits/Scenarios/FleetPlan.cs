using Lightport.Limits;

namespace Lightport.Bench.Limits.Scenarios;

/// <summary>A limit, the instances that share it, what they are asked, and what goes wrong meanwhile.</summary>
/// <param name="RequestsPerSecond">Of all instances together; each request comes to one of them by chance.</param>
internal sealed record FleetPlan(
    string Name, string What, LimitCounter Counter, int Instances, double RequestsPerSecond, TimeSpan Length)
{
    /// <summary>The upper bound that a request holds.</summary>
    public long Reserved { get; init; } = 1;

    /// <summary>What it uses on the average of what it holds; 1 is all.</summary>
    public double UsedPart { get; init; } = 1;

    /// <summary>How long a request runs, at the median.</summary>
    public TimeSpan Runs { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>So many instances are killed in the course of it, and as many begin.</summary>
    public int Kills { get; init; }

    /// <summary>From when to when the store is away.</summary>
    public IReadOnlyList<(TimeSpan From, TimeSpan To)> Outages { get; init; } = [];

    /// <summary>How often a write is made and its answer lost.</summary>
    public double LostAnswers { get; init; }

    /// <summary>By how much the instances' own clocks are wrong, at most, and jump about.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromHours(2);

    /// <summary>No unused rest is promised where what a killed instance had is lost, or the store is away.</summary>
    public bool HasFaults => Kills > 0 || Outages.Count > 0 || LostAnswers > 0;
}
