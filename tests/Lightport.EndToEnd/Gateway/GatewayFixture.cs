using System.Net.Http.Headers;
using Lightport.EndToEnd.RealClients;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.Gateway;

/// <summary>One gateway and its fake providers, for the whole suite.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    private GatewayProcess? _process;
    private NodeClients? _clients;

    internal FakeUpstream Upstream { get; } = new();

    internal Uri Address { get; private set; } = null!;

    /// <summary>The real clients in Node, each run once for all its tests.</summary>
    internal NodeClients Clients => _clients ??= new NodeClients(Address);

    /// <summary>What the gateway printed; null where it was started by someone else.</summary>
    internal string? Output => _process?.Output;

    public async Task InitializeAsync()
    {
        await Upstream.StartAsync(GatewaySettings.UpstreamUrl);
        if (GatewaySettings.Url is { } url)
        {
            Address = new Uri(url);
        }
        else
        {
            _process = await GatewayProcess.StartAsync(GatewayConfiguration.Yaml(Upstream.Address));
            Address = _process.Address;
        }
    }

    public async Task DisposeAsync()
    {
        if (_clients is not null)
        {
            await _clients.DisposeAsync();
        }

        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        await Upstream.DisposeAsync();
    }

    /// <summary>A bare client that carries the key given.</summary>
    internal HttpClient CreateClient(string? key = Canary.ClientKey)
    {
        var client = new HttpClient(Handler()) { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Leaves a response at once instead of reading on in the hope that its connection can be kept.</summary>
    private static SocketsHttpHandler Handler() =>
        new() { AllowAutoRedirect = false, ResponseDrainTimeout = TimeSpan.Zero };
}
