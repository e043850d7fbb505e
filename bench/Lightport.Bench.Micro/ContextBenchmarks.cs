using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Lightport.Enrichment.Sources;
using Lightport.Mcp;
using Lightport.Mcp.Connections;
using Lightport.Mcp.Identity;
using Lightport.Mcp.Lists;
using Lightport.Storage;
using Lightport.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lightport.Bench.Micro;

/// <summary>What a request waits for context and tools that are remembered.</summary>
public class ContextBenchmarks : ISecretSource, IToolListStore, IDisposable
{
    private const int Tools = 40;

    private const string Schema =
        """{"type":"object","properties":{"query":{"type":"string"}},"required":["query"]}""";

    private static readonly McpCaller Caller = new("bench", "req_1");

    private static readonly McpServer Docs = new("docs")
    {
        Address = new Uri("https://docs.example/mcp"),
        IsConfigured = true,
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-bench-");
    private readonly SourcePlan[] _plans;
    private readonly RestClient _rest;
    private readonly McpHttp _http = new();
    private readonly McpConnections _connections;
    private readonly SourceReader _reader;
    private readonly McpServers _servers;

    public ContextBenchmarks()
    {
        TimeProvider time = TimeProvider.System;
        File.WriteAllText(Path.Combine(_folder.FullName, "handbook.md"), Text(8_000));
        var style = new TextSource("style", "Answer in British English.");
        var handbook = new FileSource("handbook", "handbook.md");
        var weather = new RestSource("weather", new AddressTemplate([new AddressPiece("https://api.example/weather")]))
        {
            Cache = TimeSpan.FromHours(1),
        };
        var asked = new SourceQuestion(weather, new Uri("https://api.example/weather"), "");
        var cache = new SourceCache(time);
        cache.GetAsync(asked, () => Task.FromResult(Text(500)), CancellationToken.None).Wait();
        _plans =
        [
            new SourcePlan(new SourceQuestion(style, null, ""), Caller, null),
            new SourcePlan(new SourceQuestion(handbook, null, ""), Caller, null),
            new SourcePlan(asked, Caller, null),
        ];

        var connector = new McpConnector(
            _http,
            new McpIdentities(this, new McpTokens(_http, this, time)),
            this,
            time,
            NullLogger<McpConnector>.Instance);
        var settings = new McpSettings([Docs], []);
        _connections = new McpConnections(connector, () => settings, time);
        _servers = new McpServers(
            new ToolLists(
                new ToolAsker(
                    _connections,
                    connector,
                    new ToolStore(this, NullLogger<ToolStore>.Instance),
                    time,
                    NullLogger<ToolAsker>.Instance),
                time),
            _connections,
            time);
        _rest = new RestClient(this, time);
        _reader = new SourceReader(
            new SourceFiles(_folder.FullName, time),
            _rest,
            new McpTextReader(
                new McpDirectory(() => settings), new McpResources(new ServerQuestions(_connections, time)), time),
            cache);
    }

    /// <summary>A text, a file of 8 KB that is watched, and what an endpoint has said before.</summary>
    [Benchmark]
    public async Task<int> Sources()
    {
        string[] texts = await Task
            .WhenAll(_plans.Select(plan => _reader.ReadAsync(plan, CancellationToken.None)))
            .ConfigureAwait(false);
        int length = 0;
        for (int i = 0; i < texts.Length; i++)
        {
            length += SourceText.Piece(_plans[i].Source, texts[i])!.Text.Length;
        }

        return length;
    }

    /// <summary>The forty tools of a server.</summary>
    [Benchmark]
    public async Task<int> ToolList() =>
        (await _servers.ListAsync(Docs, Caller, CancellationToken.None).ConfigureAwait(false)).Count;

    [GlobalCleanup]
    public void Dispose()
    {
        _connections.Dispose();
        _http.Dispose();
        _rest.Dispose();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    ValueTask<string?> ISecretSource.GetAsync(string name, CancellationToken cancellationToken) => new((string?)null);

    void ISecretSource.Invalidate(string name)
    {
    }

    /// <summary>As an instance finds it that has just begun.</summary>
    ValueTask<string?> IToolListStore.ReadAsync(string label, CancellationToken cancellationToken)
    {
        McpTool[] tools =
        [
            .. Enumerable.Range(10, Tools).Select(number => new McpTool(
                $"tool_{number}",
                JsonElement.Parse(Schema))
            {
                Description = Text(200),
            }),
        ];
        var stored = new StoredTools(ServerKey.ServerHash(Docs), TimeProvider.System.GetUtcNow(), Seconds: 3600)
        {
            Tools = tools,
            Pin = Docs.Pin,
            Approved = tools.ToDictionary(tool => tool.Name, ToolMark.Of),
        };
        return new(JsonSerializer.Serialize(stored, ToolJsonContext.Default.StoredTools));
    }

    ValueTask IToolListStore.WriteAsync(string label, string text, CancellationToken cancellationToken) => default;

    private static string Text(int length) =>
        string.Concat(Enumerable.Repeat("Some words of a handbook. ", (length / 26) + 1))[..length];
}
