using Lightport.Routing;
using Lightport.Routing.Selection;
using Lightport.Routing.State;
using static Lightport.Tests.Routing.TestRoutes;

namespace Lightport.Tests.Routing.Selection;

/// <summary>What policies are tried with: targets by their weights, and requests of a session.</summary>
internal sealed class Policies
{
    private readonly Random _chance = new(7);

    public ManualTimeProvider Time { get; } = new();

    public TargetStates States => field ??= new TargetStates(Time);

    /// <summary>Targets <c>a/x</c>, <c>b/x</c> and so on, one for each weight.</summary>
    public static Route Weighing(ISelectionPolicy policy, params int[] weights) => new(
        "m",
        [.. weights.Select((weight, index) => Target($"{(char)('a' + index)}/x") with { Weight = weight })])
    {
        Selection = policy,
    };

    public SelectionContext Asking(Route route, ulong session = 0, bool looks = false, bool stream = false) => new(
        new SelectionFacts(route.Name, route, stream, 1) { OnlyLooks = looks, Request = new Session(session) },
        States,
        _chance.NextDouble);

    public string[] Order(Route route, ulong session = 0, bool looks = false, bool stream = false) =>
        [.. GroupOrder.OfOwn(route.Targets, Asking(route, session, looks, stream)).Select(target => $"{target}")];

    /// <summary>How often each was tried first.</summary>
    public Dictionary<string, int> Firsts(Route route, int requests) => Enumerable.Range(0, requests)
        .Select(number => Order(route, (ulong)number * 0x9E3779B97F4A7C15)[0])
        .CountBy(first => first)
        .ToDictionary();

    private sealed record Session(ulong Affinity) : IRoutedRequest
    {
        public ulong AffinityBy(AffinityKey key) => Affinity + (ulong)key;
    }
}
