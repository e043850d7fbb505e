using BenchmarkDotNet.Attributes;
using Lightport.Providers;
using Lightport.Routing;

namespace Lightport.Bench.Micro;

/// <summary>Choosing the route of a model name among a hundred, by each way that there is.</summary>
public class RouteBenchmarks
{
    private readonly RoutingTable _table = CreateTable();

    [Params("model-42", "claude-sonnet-5", "openai/gpt-bench")]
    public string Model { get; set; } = "";

    [Benchmark]
    public Route? Resolve() => RouteResolver.Resolve(_table, new RouteQuestion(Model)).Route;

    private static RoutingTable CreateTable()
    {
        ProviderCatalog catalog = ProviderCatalog.Load();
        var openai = new ConfiguredProvider("openai", catalog.Find("openai")!, "OPENAI_API_KEY");
        var anthropic = new ConfiguredProvider("anthropic", catalog.Find("anthropic")!, "ANTHROPIC_API_KEY");
        return new RoutingTable(
            "bench",
            [openai, anthropic],
            Enumerable.Range(0, 100).Select(i => new Route($"model-{i}", [new Target(openai, $"gpt-{i}")])),
            [new WildcardRoute("claude-*", new Route("claude-*", [new Target(anthropic, "*")]))]);
    }
}
