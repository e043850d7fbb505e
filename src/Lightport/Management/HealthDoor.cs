using Lightport.Admission;
using Lightport.Configuration;
using Lightport.Doors;
using Lightport.Exchanges;
using Lightport.Usage;

namespace Lightport.Management;

/// <summary>Tells whoever runs the gateway what <c>/health</c> tells nobody: which part is away, and why.</summary>
internal sealed class HealthDoor(
    GatewayHealth health,
    IGatewayConfigurationSource configuration,
    ClientKeyDirectory? keys = null,
    UsageLedger? usage = null)
{
    public ValueTask ReadAsync(ManagementCall call)
    {
        GatewayConfiguration? inForce = configuration.InForce;
        return call.AnswerAsync(
            new HealthAnswer(
                health.Status,
                GatewayHealth.Version,
                new(
                    inForce?.Routing.Version,
                    inForce?.Source,
                    configuration.LastError,
                    inForce?.Routing.ModelNames.Count ?? 0,
                    inForce?.Routing.Providers.Count ?? 0),
                keys is null ? null : new(keys.LastError ?? "ok", keys.Count),
                usage is null ? null : new(usage.LastError ?? "ok", usage.Pending)),
            ManagementJsonContext.Readable.HealthAnswer);
    }
}
