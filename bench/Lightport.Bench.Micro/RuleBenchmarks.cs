using BenchmarkDotNet.Attributes;
using Lightport.Cel;

namespace Lightport.Bench.Micro;

/// <summary>A hundred rules over one request, none of which matches: the worst that a route's rules can be.</summary>
public class RuleBenchmarks
{
    private static readonly CelEnvironment Environment = new(
    [
        new("request", CelType.Dyn),
        new("headers", CelType.Map(CelType.String, CelType.String)),
    ]);

    private static readonly string[] Conditions =
    [
        "request.model == 'model-0' && request.stream",
        "request.model.startsWith('claude-') && request.max_tokens > 4096",
        "request.model in ['a', 'b', 'c', 'd'] || 'x-team' in headers && headers['x-team'] == 'red'",
        "has(request.tools) && request.tools.exists(tool, tool == 'search')",
        "request.model.matches('^(gemini|mistral)-[0-9]+')",
    ];

    private readonly CelBindings _bindings = Environment.Bind();
    private readonly CelProgram[] _rules =
        [.. Enumerable.Range(0, 100).Select(index => Environment.Compile(Conditions[index % Conditions.Length]))];

    public RuleBenchmarks()
    {
        _bindings["request"] = CelValue.Of(CelMap.Of(
        [
            new("model", CelValue.Of("gpt-5-mini")),
            new("stream", CelValue.True),
            new("max_tokens", CelValue.Of(1_024L)),
            new("tools", CelValue.Of(CelList.Of("weather", "calendar"))),
        ]));
        _bindings["headers"] = CelValue.Of(CelMap.Of([new("x-team", CelValue.Of("blue"))]));
    }

    [Benchmark]
    public int HundredRules()
    {
        CelMeter meter = new();
        int matched = 0;
        foreach (CelProgram rule in _rules)
        {
            matched += rule.Evaluate(_bindings, meter).IsTrue ? 1 : 0;
        }

        return matched;
    }

    [Benchmark]
    public CelProgram Compile() => Environment.Compile(Conditions[2]);
}
