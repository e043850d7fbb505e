using Lightport.Configuration;

namespace Lightport.Tests.Exchanges;

/// <summary>One version of the configuration, for good.</summary>
internal sealed class FixedConfiguration(GatewayConfiguration current) : IGatewayConfigurationSource
{
    public GatewayConfiguration? InForce => current;

    public string? LastError { get; init; }

    public ValueTask RefreshAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
