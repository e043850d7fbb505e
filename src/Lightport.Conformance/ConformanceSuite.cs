using System.Globalization;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Clients;
using Lightport.Conformance.Clients.Completions;
using Lightport.Conformance.Clients.Gemini;
using Lightport.Conformance.Clients.Interactions;
using Lightport.Conformance.Clients.Messages;
using Lightport.Conformance.Clients.OpenAIChat;
using Lightport.Conformance.Clients.Responses;
using Lightport.Conformance.Running;
using Lightport.Conformance.Upstreams;
using Lightport.Conformance.Upstreams.Converse;
using Lightport.Conformance.Upstreams.Gemini;
using Lightport.Conformance.Upstreams.Interactions;
using Lightport.Conformance.Upstreams.Messages;
using Lightport.Conformance.Upstreams.OpenAIChat;
using Lightport.Conformance.Upstreams.Responses;

namespace Lightport.Conformance;

/// <summary>
/// Scripted providers on this machine, and the clients that ask a gateway for them: every dialect of clients by every
/// dialect of providers, every case of one table, whole and streamed.
/// </summary>
public sealed class ConformanceSuite : IAsyncDisposable
{
    /// <summary>Where the scripted providers listen unless they are told otherwise.</summary>
    public const int DefaultPort = 7079;

    private const int AtOnce = 8;

    private readonly UpstreamHost _host;

    private ConformanceSuite(UpstreamHost host) => _host = host;

    private static IReadOnlyList<ClientScript> Clients { get; } =
    [
        new OpenAIChatClient(), new CompletionsClient(), new ResponsesClient(), new MessagesClient(),
        new GeminiClient(), new InteractionsClient(),
    ];

    private static IReadOnlyList<UpstreamScript> Providers { get; } =
    [
        new OpenAIChatUpstream(), new ResponsesUpstream(), new MessagesUpstream(), new BedrockClaudeUpstream(),
        new VertexClaudeUpstream(), new GeminiUpstream(), new InteractionsUpstream(), new ConverseUpstream(),
    ];

    /// <summary>The models that the gateway must route, and where to.</summary>
    public IReadOnlyList<RoutedModel> Models => ModelsAt(_host.Address);

    /// <summary>The models that a gateway must route to scripted providers at an address.</summary>
    /// <param name="address">Scheme, host and port.</param>
    public static IReadOnlyList<RoutedModel> ModelsAt(string address) =>
        [.. Providers.Select(provider => RoutedModel.Of(provider, address))];

    /// <summary>Starts the providers.</summary>
    /// <param name="port">Their port on the loopback address; 0 for any that is free.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ConformanceSuite> StartAsync(int port, CancellationToken cancellationToken) =>
        new(await UpstreamHost.StartAsync(port, Providers, cancellationToken));

    /// <summary>How many cells a run has.</summary>
    public static int CellCount => Plans().Count();

    /// <summary>Asks the gateway all of the table.</summary>
    /// <param name="gateway">Its address, ending in a slash, without <c>/v1</c>.</param>
    /// <param name="key">The key that clients show it.</param>
    /// <param name="progress">Is told each cell when it is done; null for nobody.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="HttpRequestException">Nobody listens at the address.</exception>
    public async Task<Matrix> RunAsync(
        Uri gateway, string key, IProgress<Cell>? progress, CancellationToken cancellationToken)
    {
        using var caller = new Caller(gateway, key);
        CellPlan[] plans = [.. Plans()];
        var cells = new Cell[plans.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, plans.Length, options, async (place, cancellation) =>
        {
            CellPlan plan = plans[place];
            string mark = place.ToString("x4", CultureInfo.InvariantCulture);
            var run = new CellRun(_host, caller, plan.Client, plan.Providers);
            Verdict verdict = await run.RunAsync(plan.Case, plan.IsStream, mark, cancellation);
            cells[place] = new Cell(
                plan.Client.Dialect, plan.Route, plan.Case.Id, plan.Case.Title, plan.IsStream, verdict);
            progress?.Report(cells[place]);
        });
        return new Matrix(cells);
    }

    /// <summary>Ends the providers.</summary>
    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>Every combination there is: no cell can be left out by forgetting it.</summary>
    private static IEnumerable<CellPlan> Plans() =>
        from client in Clients
        from providers in Routes()
        from asked in providers.Length == 1 ? CaseTable.All : [CaseTable.Portable]
        from stream in (bool[])[false, true]
        select new CellPlan(client, providers, asked, stream);

    private static IEnumerable<UpstreamScript[]> Routes() =>
    [
        .. Providers.Select(provider => new[] { provider }),
        .. from first in Providers from second in Providers where first != second select new[] { first, second },
    ];
}
