using Lightport.Admission;
using Lightport.Audit;
using Lightport.Configuration;
using Lightport.Exchanges;
using Lightport.Limits.Leases;
using Lightport.Usage;
using Lightport.Usage.Receipts;
using Microsoft.Extensions.Hosting;

namespace Lightport.Doors;

/// <summary>Whether requests can be answered, in one word for whoever watches.</summary>
internal sealed class GatewayHealth(
    IGatewayConfigurationSource configuration,
    IHostApplicationLifetime? lifetime = null,
    ClientKeyDirectory? keys = null,
    UsageLedger? usage = null,
    AuditStream? audit = null,
    LeaseLedger? limits = null,
    ReceiptLedger? receipts = null)
{
    public static string Version { get; } = typeof(GatewayHealth).Assembly.GetName().Version!.ToString(3);

    /// <summary>
    /// <c>ok</c>; <c>degraded</c> while what was known before serves in place of something that is away or refused;
    /// <c>unavailable</c> until there is a configuration; <c>draining</c> from the first word of a stop.
    /// </summary>
    public string Status => true switch
    {
        _ when lifetime?.ApplicationStopping.IsCancellationRequested == true => "draining",
        _ when configuration.InForce is null => "unavailable",
        _ when configuration.LastError is not null || keys?.LastError is not null || usage?.LastError is not null
            || audit?.LastError is not null || limits?.LastError is not null
            || receipts?.LastError is not null => "degraded",
        _ => "ok",
    };

    /// <summary>Whether new requests should be sent here.</summary>
    public bool Ready => Status is "ok" or "degraded";
}
