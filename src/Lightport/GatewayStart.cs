using Lightport.Admission;
using Lightport.Configuration;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;

namespace Lightport;

/// <summary>
/// Looks at the addresses that were really opened, by whatever setting or code: a gateway that asks for no key and can
/// be reached by others does not run, whichever app it is in. That it is made reads the configuration, so that an app
/// does not start with a wrong one.
/// </summary>
internal sealed class GatewayStart(
    ConfigurationGuard guard,
    IGatewayConfigurationSource configuration,
    IServer? server = null) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="ConfigurationException">Others could spend the providers' money.</exception>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        ICollection<string> opened = server?.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        guard.Require(changed => ListenAddresses.Refusal(changed.Admission.Mode, opened));
        return configuration.InForce is { } inForce && guard.Refusal(inForce) is { } refusal
            ? throw new ConfigurationException(refusal)
            : Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
