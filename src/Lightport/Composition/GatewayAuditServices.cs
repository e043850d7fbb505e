using Lightport.Audit;
using Lightport.Configuration;
using Lightport.Doors;
using Lightport.Storage;
using Lightport.Storage.Files;
using Lightport.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lightport.Composition;

/// <summary>Lets the gateway write down who did what.</summary>
internal static class GatewayAuditServices
{
    /// <param name="ownsFiles">Whether files of this machine outlive the process.</param>
    public static IServiceCollection AddAudit(this IServiceCollection services, bool ownsFiles)
    {
        services.TryAddSingleton(provider => new AuditSinks(
            ownsFiles,
            () => provider.GetService<OtlpExport>() is { HasLogs: true } export ? export.Loggers : null,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<DataFolder>() is { } data ? AuditHead.MarksIn(data.Root) : null,
            provider.GetService<IAppendBlobs>()));
        services.TryAddSingleton(provider =>
        {
            IGatewayConfigurationSource configuration = provider.GetRequiredService<IGatewayConfigurationSource>();
            return new AuditStream(
                () => configuration.InForce?.Audit ?? AuditSettings.Off,
                provider.GetRequiredService<AuditSinks>(),
                GatewayHealth.Version,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<AuditStream>>());
        });
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AuditStream>(
            provider => provider.GetRequiredService<AuditStream>()));
        return services;
    }
}
