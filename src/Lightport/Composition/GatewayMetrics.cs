using System.Diagnostics.Metrics;
using Lightport.Admission;
using Lightport.Audit;
using Lightport.Configuration;
using Lightport.Telemetry;
using Lightport.Usage;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Composition;

/// <summary>What the metrics tell of queues and of stores: read when somebody asks.</summary>
internal static class GatewayMetrics
{
    public static void Publish(GatewayTelemetry telemetry, IServiceProvider services)
    {
        var configuration = services.GetRequiredService<IGatewayConfigurationSource>();
        var keys = services.GetService<ClientKeyDirectory>();
        var usage = services.GetService<UsageLedger>();
        var audit = services.GetRequiredService<AuditStream>();
        telemetry.Observe(
            TelemetryNames.StoreUp,
            "1",
            "Whether what is kept there could be read or written of late: 1 or 0.",
            () => Stores(configuration, keys, usage, audit));
        telemetry.Observe(TelemetryNames.QueueLength, "1", "What waits to be written.", () => Queues(usage, audit));
        telemetry.Count(
            TelemetryNames.AuditLost, "{record}", "Records of the audit that found no room.", () => audit.Lost);
    }

    private static IEnumerable<Measurement<int>> Queues(UsageLedger? usage, AuditStream audit)
    {
        yield return new Measurement<int>(audit.Pending, Queue("audit"));
        if (usage is not null)
        {
            yield return new Measurement<int>(usage.Pending, Queue("usage"));
        }
    }

    private static IEnumerable<Measurement<int>> Stores(
        IGatewayConfigurationSource configuration, ClientKeyDirectory? keys, UsageLedger? usage, AuditStream audit)
    {
        yield return Up("audit", audit.LastError);
        yield return Up("configuration", configuration.LastError);
        if (keys is not null)
        {
            yield return Up("keys", keys.LastError);
        }

        if (usage is not null)
        {
            yield return Up("usage", usage.LastError);
        }
    }

    private static Measurement<int> Up(string store, string? error) =>
        new(error is null ? 1 : 0, new KeyValuePair<string, object?>(TelemetryNames.Store, store));

    private static KeyValuePair<string, object?> Queue(string name) => new(TelemetryNames.Queue, name);
}
