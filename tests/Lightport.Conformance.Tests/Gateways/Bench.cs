using System.Globalization;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Clients;
using Lightport.Conformance.Clients.Gemini;
using Lightport.Conformance.Clients.Messages;
using Lightport.Conformance.Clients.OpenAIChat;
using Lightport.Conformance.Clients.Responses;
using Lightport.Conformance.Running;
using Lightport.Conformance.Upstreams;
using Lightport.Conformance.Upstreams.Gemini;
using Lightport.Conformance.Upstreams.Messages;
using Lightport.Conformance.Upstreams.OpenAIChat;
using Lightport.Conformance.Upstreams.Responses;

namespace Lightport.Conformance.Tests.Gateways;

/// <summary>Clients, a gateway that can be told what to do wrong, and providers of the four dialects that have both.</summary>
public sealed class Bench : IAsyncLifetime
{
    private static readonly ClientScript[] Clients =
        [new OpenAIChatClient(), new ResponsesClient(), new MessagesClient(), new GeminiClient()];

    private readonly TamperedScript[] _providers =
    [
        new(new OpenAIChatUpstream()), new(new ResponsesUpstream()), new(new MessagesUpstream()), new(new GeminiUpstream()),
    ];

    private UpstreamHost _host = null!;
    private MirrorGateway _gateway = null!;
    private Caller _caller = null!;
    private int _runs;

    public static IEnumerable<string> Dialects => Clients.Select(client => client.Dialect);

    public async Task InitializeAsync()
    {
        _host = await UpstreamHost.StartAsync(0, _providers, CancellationToken.None);
        _gateway = await MirrorGateway.StartAsync(_host.Address, _providers);
        _caller = new Caller(_gateway.Address, "key");
    }

    public async Task DisposeAsync()
    {
        _caller.Dispose();
        await _gateway.DisposeAsync();
        await _host.DisposeAsync();
    }

    internal static Case Of(string id) => CaseTable.All.Single(one => one.Id == id);

    /// <summary>The judge's verdict of one conversation over a gateway that does something wrong.</summary>
    internal async Task<Verdict> JudgeAsync(string dialect, Case asked, bool stream, Tampering tampering)
    {
        TamperedScript provider = Array.Find(_providers, one => one.Dialect == dialect)!;
        provider.Tampering = tampering;
        var run = new CellRun(_host, _caller, Array.Find(Clients, one => one.Dialect == dialect)!, [provider]);
        string mark = _runs++.ToString("x4", CultureInfo.InvariantCulture);
        return await run.RunAsync(asked, stream, mark, CancellationToken.None);
    }
}
