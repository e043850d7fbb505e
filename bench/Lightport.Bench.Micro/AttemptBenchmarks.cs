using BenchmarkDotNet.Attributes;
using Lightport.Providers;
using Lightport.Routing;
using Lightport.Routing.State;

namespace Lightport.Bench.Micro;

/// <summary>The attempt loop around a target that answers at once: what it costs a request that succeeds.</summary>
public class AttemptBenchmarks
{
    private static readonly string Answer = "answer";

    private readonly AttemptLoop _loop =
        new(TimeProvider.System, new Random(1).NextDouble, new TargetStates(TimeProvider.System));

    private readonly SelectionFacts _facts;

    public AttemptBenchmarks()
    {
        var provider = new ConfiguredProvider("openai", ProviderCatalog.Load().Find("openai")!, "KEY");
        var route = new Route("m", [new Target(provider, "a"), new Target(provider, "b")]);
        _facts = new SelectionFacts("m", route, Stream: true, 500);
    }

    [Benchmark]
    public async Task<bool> Succeeds()
    {
        using var deadline = new RequestDeadline(
            TimeSpan.FromMinutes(15), TimeProvider.System, host: null, CancellationToken.None);
        AttemptResult<string> result = await _loop.RunAsync(
            _facts,
            _facts.Route.Targets,
            deadline,
            static (_, _, _) => ValueTask.FromResult(new AttemptOutcome<string>(Answer)));
        result.Answering?.End(null, _facts);
        return result.Succeeded;
    }

    /// <summary>What the request's own deadline costs, which is in the other figure.</summary>
    [Benchmark(Baseline = true)]
    public TimeSpan DeadlineAlone()
    {
        using var deadline = new RequestDeadline(
            TimeSpan.FromMinutes(15), TimeProvider.System, host: null, CancellationToken.None);
        return deadline.Remaining;
    }
}
