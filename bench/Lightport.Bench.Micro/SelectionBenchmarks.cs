using BenchmarkDotNet.Attributes;
using Lightport.Prices;
using Lightport.Providers;
using Lightport.Routing;
using Lightport.Routing.Selection;
using Lightport.Routing.State;

namespace Lightport.Bench.Micro;

/// <summary>Resolving a name among a thousand, and putting its targets in order, under each policy.</summary>
public class SelectionBenchmarks
{
    private const int Models = 1_000;

    private RoutingTable _table = null!;
    private TargetSelector _selector = null!;

    [ParamsSource(nameof(Policies))]
    public string Policy { get; set; } = "";

    [Params(1, 3)]
    public int Targets { get; set; }

    public static IEnumerable<string> Policies => SelectionPolicies.Names;

    [GlobalSetup]
    public void Setup()
    {
        ConfiguredProvider[] providers = [Provider("openai"), Provider("groq"), Provider("mistral-ai")];
        _table = new RoutingTable("bench", providers, Enumerable.Range(0, Models).Select(i => Route(i, providers)), []);
        TimeProvider time = TimeProvider.System;
        _selector = new TargetSelector(
            [], new TargetStates(time), new Random(1).NextDouble, new CostEstimator(new PriceBook(), time));
    }

    [Benchmark]
    public int ResolveAndSelect()
    {
        Route route = RouteResolver.Resolve(_table, new RouteQuestion("model-500")).Route!;
        var facts = new SelectionFacts(route.Name, route, Stream: true, 500) { Request = Session.One };
        return _selector.Select(facts).Targets.Count;
    }

    private Route Route(int number, ConfiguredProvider[] providers) => new(
        $"model-{number}", [.. providers.Take(Targets).Select(provider => new Target(provider, "gpt-4o-mini"))])
    {
        Selection = SelectionPolicies.Create(Policy)!,
    };

    private static ConfiguredProvider Provider(string id) => new(id, ProviderCatalog.Load().Find(id)!, "KEY");

    private sealed class Session : IRoutedRequest
    {
        public static Session One { get; } = new();

        public ulong Affinity => 42;

        public ulong AffinityBy(AffinityKey key) => 42;
    }
}
