using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.Gateway;

/// <summary>Fake providers for gateways that tests start themselves.</summary>
public sealed class UpstreamFixture : IAsyncLifetime
{
    internal FakeUpstream Upstream { get; } = new();

    public Task InitializeAsync() => Upstream.StartAsync("http://127.0.0.1:0");

    public async Task DisposeAsync() => await Upstream.DisposeAsync();
}
