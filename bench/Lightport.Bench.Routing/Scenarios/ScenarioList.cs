using Lightport.Bench.Routing.Load;
using Lightport.Bench.Routing.Upstreams;

namespace Lightport.Bench.Routing.Scenarios;

/// <summary>The scenarios of the report, in its order.</summary>
internal static class ScenarioList
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(3);
    private static readonly LoadPlan Load = new(100, Length);

    public static Scenario Healthy { get; } = new(
        "healthy", "Three upstreams that are all well.", Load, Three());

    public static Scenario OneDown { get; } = new(
        "one-down",
        "The first of three refuses everything, from beginning to end.",
        Load,
        Three(first: Trouble.Always(1, status: 503)));

    public static Scenario OneHangs { get; } = new(
        "one-hangs",
        "The first of three takes requests and is silent, until the ten seconds for a first byte are over.",
        Load,
        Three(first: new Trouble(TimeSpan.Zero, TimeSpan.MaxValue) { Slower = 1000 }));

    public static Scenario ThirtyPercent { get; } = new(
        "thirty-percent",
        "Each upstream fails three requests in ten, whichever they are.",
        Load,
        [.. Names.Select(name => new UpstreamPlan(name) { Troubles = [Trouble.Always(0.3)] })]);

    public static Scenario AllDown { get; } = new(
        "all-down",
        "All is well for a minute; then every upstream refuses everything, for a minute.",
        Load,
        [.. Names.Select(name => new UpstreamPlan(name) { Troubles = [SecondMinute] })]);

    public static Scenario Outage { get; } = new(
        "outage",
        "The first of three refuses everything in the second of three minutes.",
        Load,
        Three(first: SecondMinute));

    public static Scenario Slow { get; } = new(
        "slow",
        "The first of three is eight times slower in the second of three minutes.",
        Load,
        Three(first: SecondMinute with { Failing = 0, Slower = 8 }));

    public static Scenario Stragglers { get; } = new(
        "stragglers",
        "Each upstream takes ten times as long for three requests in a hundred, whichever they are.",
        Load,
        [.. Names.Select(name => new UpstreamPlan(name)
        {
            Troubles = [Trouble.Always(0) with { Slower = 10, Straggling = 0.03 }],
        })]);

    public static Scenario AllSlow { get; } = new(
        "all-slow",
        "Every upstream is eight times slower in the second of three minutes.",
        Load,
        [.. Names.Select(name => new UpstreamPlan(name)
        {
            Troubles = [SecondMinute with { Failing = 0, Slower = 8 }],
        })]);

    public static Scenario Flapping { get; } = new(
        "flapping",
        "The first of three is up for fifteen seconds and down for ten, in turns.",
        Load,
        [
            new("a") { Troubles = Trouble.Flapping(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(10), Length) },
            new("b"),
            new("c"),
        ]);

    public static Scenario Limited { get; } = new(
        "limited",
        "The first two of three take twenty requests a second each, and answer the others with a 429.",
        Load,
        [new("a") { Limit = 20 }, new("b") { Limit = 20 }, new("c")]);

    public static Scenario Crowded { get; } = new(
        "crowded",
        "The first of three is quick, but only for fifty answers at once.",
        Load,
        [new("a") { FirstContent = TimeSpan.FromMilliseconds(200), Capacity = 50 }, new("b"), new("c")]);

    public static Scenario Caches { get; } = new(
        "caches",
        "Four accounts of one provider, each with a prompt cache of its own.",
        Load,
        [new("a"), new("b"), new("c"), new("d")]);

    public static Scenario Prices { get; } = new(
        "prices",
        "Three models at 2, 0.4 and 0.1 dollars a million tokens of prompt, the cheapest the slowest.",
        Load,
        [Priced("a", "gpt-4.1", 2, 300), Priced("b", "gpt-4.1-mini", 0.4, 400), Priced("c", "gpt-4.1-nano", 0.1, 600)]);

    public static Scenario TenInstances { get; } = Outage with
    {
        Name = "ten-instances",
        What = "The outage once more, before ten instances that know nothing of one another.",
        Instances = 10,
    };

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Healthy, OneDown, OneHangs, ThirtyPercent, AllDown, Outage, TenInstances, Slow, AllSlow, Stragglers,
        Flapping, Limited, Crowded, Caches, Prices,
    ];

    private static string[] Names => ["a", "b", "c"];

    private static Trouble SecondMinute => new(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2))
    {
        Failing = 1,
        Status = 503,
    };

    private static UpstreamPlan[] Three(Trouble? first = null) =>
        [new("a") { Troubles = first is null ? [] : [first] }, new("b"), new("c")];

    /// <summary>At OpenAI's prices, of which a cached token is a quarter and one of the answer four times.</summary>
    private static UpstreamPlan Priced(string name, string model, double dollars, double milliseconds) => new(name)
    {
        Maker = "openai",
        Model = model,
        FirstContent = TimeSpan.FromMilliseconds(milliseconds),
        InputPrice = dollars,
        CachedPrice = dollars / 4,
        OutputPrice = dollars * 4,
    };
}
