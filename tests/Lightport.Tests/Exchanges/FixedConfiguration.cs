using Lightport.Configuration;

namespace Lightport.Tests.Exchanges;

/// <summary>One version of the configuration, until the test puts another in its place.</summary>
internal sealed class FixedConfiguration(GatewayConfiguration current) : IGatewayConfigurationSource
{
    public GatewayConfiguration? InForce { get; set; } = current;

    public string? LastError { get; init; }

    public ValueTask RefreshAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
