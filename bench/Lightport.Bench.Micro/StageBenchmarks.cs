using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Lightport.Admission;
using Lightport.Configuration;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Enrichment;
using Lightport.Exchanges;
using Lightport.Exchanges.Stages;
using Lightport.Mcp;
using Lightport.Mcp.Connections;
using Lightport.Mcp.Lists;
using Lightport.Providers;
using Lightport.Routing;
using Lightport.Storage;
using Lightport.Transport;
using Lightport.Transport.Body;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Bench.Micro;

/// <summary>
/// The whole stage that puts context and tools into a conversation, where everything is remembered: conditions,
/// sources, a list of forty tools of which twenty are chosen, the look for the session of earlier turns, and the
/// weaving in. The request is read anew each time, as one that comes is. A millisecond is the most that it may take.
/// </summary>
public class StageBenchmarks : IGatewayConfigurationSource, IToolListStore, ISecretSource, IDisposable
{
    private const int Tools = 40;

    private const string Schema =
        """{"type":"object","properties":{"query":{"type":"string"}},"required":["query"]}""";

    private readonly ServiceProvider _services;
    private readonly EnrichmentStage _stage;
    private readonly DialectRegistry _dialects;
    private readonly BodyBudget _budget = BodyBudget.OfMemory();
    private readonly byte[] _first = Body(turns: 1);
    private readonly byte[] _tenth = Body(turns: 10);

    public StageBenchmarks()
    {
        string handbook = string.Concat(Enumerable.Repeat("Some words of a handbook. ", 300));
        InForce = ConfigurationLoader.Load(
            $$"""
            providers: { openai: {} }
            mcp: { servers: { docs: { url: "https://docs.example/mcp" } } }
            context:
              style: { text: Answer in British English. }
              handbook: { text: "{{handbook}}", when: "prompt.contains('handbook')", on-failure: closed }
            models:
              help: { targets: [openai/gpt-4o-mini], tools: [docs], most-tools: 20, context: [style, handbook] }
            """,
            "bench",
            ProviderCatalog.Load(),
            new HashSet<string> { "OPENAI_API_KEY" }).Configuration!;
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IGatewayConfigurationSource>(this)
            .AddSingleton<IToolListStore>(this)
            .AddSingleton<ISecretSource>(this)
            .AddLightport(new ConfigurationBuilder().Build())
            .BuildServiceProvider();
        _stage = _services.GetServices<IStage>().OfType<EnrichmentStage>().Single();
        _dialects = _services.GetRequiredService<DialectRegistry>();
    }

    public GatewayConfiguration? InForce { get; }

    public string? LastError => null;

    [Benchmark]
    public Task<int> FirstTurn() => EnrichAsync(_first);

    [Benchmark]
    public Task<int> TenthTurn() => EnrichAsync(_tenth);

    [GlobalCleanup]
    public void Dispose()
    {
        _services.Dispose();
        GC.SuppressFinalize(this);
    }

    ValueTask IGatewayConfigurationSource.RefreshAsync(CancellationToken cancellationToken) => default;

    ValueTask<string?> ISecretSource.GetAsync(string name, CancellationToken cancellationToken) => new((string?)null);

    void ISecretSource.Invalidate(string name)
    {
    }

    /// <summary>As an instance finds it that has just begun.</summary>
    ValueTask<string?> IToolListStore.ReadAsync(string label, CancellationToken cancellationToken)
    {
        McpServer docs = InForce!.Mcp.Find(label)!;
        McpTool[] tools =
        [
            .. Enumerable.Range(10, Tools).Select(number => new McpTool(
                string.Create(CultureInfo.InvariantCulture, $"tool_{number}"),
                JsonElement.Parse(Schema))
            {
                Description = $"Looks up chapter {number} of the handbook, its leave, travel and expenses.",
            }),
        ];
        return new(JsonSerializer.Serialize(
            new StoredTools(ServerKey.ServerHash(docs), TimeProvider.System.GetUtcNow(), Seconds: 3600)
            {
                Tools = tools,
                Pin = docs.Pin,
                Approved = tools.ToDictionary(tool => tool.Name, ToolMark.Of),
            },
            ToolJsonContext.Default.StoredTools));
    }

    ValueTask IToolListStore.WriteAsync(string label, string text, CancellationToken cancellationToken) => default;

    private async Task<int> EnrichAsync(byte[] said)
    {
        GatewayEndpoint endpoint = GatewayEndpoints.ChatCompletions;
        DialectOperation asked = _dialects.Of(endpoint.Dialect!, endpoint.Operation);
        var body = new PooledBuffer();
        body.Write(said);
        using var exchange = new Exchange(
            endpoint,
            asked,
            asked.Served!.Family,
            new DefaultHttpContext(),
            TimeProvider.System,
            _budget,
            CancellationToken.None);
        exchange.Admit(Caller.Anonymous);
        exchange.Request.Take(body);
        exchange.Facts = exchange.Served.Read(exchange.Request);
        Route route = InForce!.Routing.Models["help"];
        (exchange.Route, exchange.Targets) = (route, route.Targets);
        await _stage.OnRequestAsync(new StageContext(exchange), CancellationToken.None).ConfigureAwait(false);
        int tools = ((ChatRequest)exchange.Conversation).Tools.Count;
        return tools > 0 ? tools : throw new InvalidOperationException("The stage has put nothing in.");
    }

    private static byte[] Body(int turns)
    {
        var body = new StringBuilder("""{"model":"help","messages":[{"role":"system","content":"You help."}""");
        for (int turn = 1; turn <= turns; turn++)
        {
            body.Append(
                CultureInfo.InvariantCulture,
                $$""",{"role":"user","content":"What does the handbook say of leave, {{turn}}?"}""");
            if (turn < turns)
            {
                body.Append(""",{"role":"assistant","content":"Thirty days. Ask your manager for them in advance."}""");
            }
        }

        return Encoding.UTF8.GetBytes(body.Append("]}").ToString());
    }
}
