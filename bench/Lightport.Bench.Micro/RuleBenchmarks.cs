using System.Buffers;
using BenchmarkDotNet.Attributes;
using Lightport.Admission;
using Lightport.Cel;
using Lightport.Configuration;
using Lightport.Dialects;
using Lightport.Exchanges;
using Lightport.Exchanges.Rules;
using Lightport.Providers;
using Lightport.Routing;
using Lightport.Routing.Rules;
using Lightport.Routing.State;
using Lightport.Transport.Body;
using Microsoft.AspNetCore.Http;

namespace Lightport.Bench.Micro;

/// <summary>A hundred rules over one request, none of which matches: the worst that a configuration's can be.</summary>
public class RuleBenchmarks
{
    private static readonly string[] Conditions =
    [
        "request.model == 'model-{0}' && request.stream",
        "request.model.startsWith('claude-{0}') && has(request.params.max_tokens) && request.params.max_tokens > 4096",
        "request.model in ['a', 'b', 'c', 'd{0}'] || 'x-team' in headers && headers['x-team'] == 'red'",
        "size(request.tools) > {0} && request.tools.exists(tool, tool == 'search')",
        "request.model.matches('^(gemini|mistral)-{0}[0-9]+')",
    ];

    private readonly RoutingTable _table = Load(100);
    private readonly RoutingTable _none = Load(0);
    private readonly RequestRules _rules = new(
        new TargetStates(TimeProvider.System), new KeySpend(TimeProvider.System));
    private readonly Exchange _exchange = CreateExchange();

    [Benchmark]
    public string? HundredRules()
    {
        _rules.Apply(_exchange, _table);
        return _exchange.Rule?.Name;
    }

    [Benchmark]
    public string? NoRules()
    {
        _rules.Apply(_exchange, _none);
        return _exchange.Rule?.Name;
    }

    [Benchmark]
    public CelProgram Compile() => RuleLanguage.Environment.Compile(Conditions[2]);

    private static RoutingTable Load(int rules)
    {
        IEnumerable<string> lines = Enumerable.Range(0, rules).Select(index =>
            $"  - {{ when: \"{Conditions[index % Conditions.Length].Replace("{0}", $"{index}", StringComparison.Ordinal)}\", "
            + "tag: x }");
        return ConfigurationLoader.Load(
            $"rules:\n{string.Join('\n', lines)}", "bench", ProviderCatalog.Load(), new HashSet<string>())
            .Configuration!.Routing;
    }

    private static Exchange CreateExchange()
    {
        DialectRegistry dialects = BuiltInDialects.Create();
        GatewayEndpoint endpoint = GatewayEndpoints.ChatCompletions;
        DialectOperation asked = dialects.Of(endpoint.Dialect!, endpoint.Operation);
        var context = new DefaultHttpContext();
        context.Request.Headers["x-team"] = "blue";
        var body = new PooledBuffer();
        body.Write("""{"model":"gpt-5-mini","max_tokens":1024,"messages":[{"role":"user","content":"Hello!"}]}"""u8);
        var exchange = new Exchange(
            endpoint,
            asked,
            asked.Served!.Family,
            context,
            TimeProvider.System,
            BodyBudget.OfMemory(),
            CancellationToken.None);
        exchange.Admit(Caller.Anonymous);
        exchange.Request.Take(body);
        exchange.Facts = exchange.Served.Read(exchange.Request);
        return exchange;
    }
}
