using Lightport.Conformance;
using Lightport.Conformance.Pages;
using Lightport.Conformance.Running;
using Lightport.EndToEnd.Gateway;

namespace Lightport.EndToEnd.Conformance;

/// <summary>The built Server in a process of its own, and one run of the whole suite over it.</summary>
public sealed class ConformanceFixture : IAsyncLifetime
{
    internal Matrix Matrix { get; private set; } = new([]);

    public async Task InitializeAsync()
    {
        await using ConformanceSuite suite = await ConformanceSuite.StartAsync(0, CancellationToken.None);
        string config = Path.Combine(RepositoryFiles.Artifacts, "conformance.yaml");
        await File.WriteAllTextAsync(config, LightportYaml.Write(suite.Models));
        await using GatewayProcess gateway = await GatewayProcess.StartServerAsync(
            config, new Dictionary<string, string>(), "gateway-conformance.log");
        Matrix = await suite.RunAsync(gateway.Address, "conformance", null, CancellationToken.None);
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
