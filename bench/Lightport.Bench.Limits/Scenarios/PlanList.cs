using Lightport.Limits;

namespace Lightport.Bench.Limits.Scenarios;

internal static class PlanList
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<FleetPlan> All { get; } =
    [
        new("small-rate", "20 requests a minute, asked for 50 times as many", Requests(20), 1000, 17, 3 * Minute),
        new("rate", "1,000 requests a minute, asked for thrice as many", Requests(1000), 1000, 50, 4 * Minute),
        new("nearly", "1,000 requests a minute, asked for a tenth more", Requests(1000), 100, 18.3, 4 * Minute),
        new(
            "large-rate", "30,000 requests a minute, asked for twice as many",
            Requests(30_000), 1000, 1000, 2.5 * Minute),
        new("few", "6,000 requests a minute on five instances", Requests(6000), 5, 150, 4 * Minute),
        new(
            "tokens", "1,000,000 tokens a minute; a request holds 2,000 and uses a third",
            Counter(LimitMeasure.Tokens, LimitPeriod.Minute, 1_000_000), 100, 60, 4 * Minute)
        {
            Reserved = 2000,
            UsedPart = 0.33,
        },
        new(
            "rate-faults", "1,000 a minute with kills, outages and lost answers",
            Requests(1000), 1000, 50, 6 * Minute)
        {
            Kills = 100,
            Outages = [(0.9 * Minute, 1.2 * Minute), (3.1 * Minute, 3.3 * Minute)],
            LostAnswers = 0.02,
        },
        new(
            "money", "a budget of 10 dollars; a request holds 5 cents and uses a tenth",
            Counter(LimitMeasure.Money, LimitPeriod.Ever, 10_000_000_000), 1000, 20, 5 * Minute)
        {
            Reserved = 50_000_000,
            UsedPart = 0.1,
        },
        new(
            "money-faults", "the same with kills, outages and lost answers",
            Counter(LimitMeasure.Money, LimitPeriod.Day, 10_000_000_000), 1000, 20, 5 * Minute)
        {
            Reserved = 50_000_000,
            UsedPart = 0.1,
            Kills = 20,
            Outages = [(0.5 * Minute, 0.8 * Minute)],
            LostAnswers = 0.02,
        },
        new(
            "concurrent", "50 requests at the same time on a hundred instances, ten of which are killed",
            Counter(LimitMeasure.Concurrent, LimitPeriod.WhileHeld, 50), 100, 60, 3 * Minute)
        {
            Kills = 10,
        },
    ];

    private static LimitCounter Requests(long most) => Counter(LimitMeasure.Requests, LimitPeriod.Minute, most);

    private static LimitCounter Counter(LimitMeasure measure, LimitPeriod period, long most) =>
        new("simulated", "key:1f2e", measure, period, most);
}
