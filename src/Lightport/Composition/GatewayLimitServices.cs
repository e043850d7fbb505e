using Lightport.Limits;
using Lightport.Limits.Leases;
using Lightport.Storage;
using Lightport.Storage.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Lightport.Composition;

/// <summary>What counts limits, and where that is kept.</summary>
internal static class GatewayLimitServices
{
    /// <summary>The folder of what was taken of limits, which processes of one machine may share.</summary>
    private const string LimitsSetting = "LIGHTPORT_LIMITS";

    /// <summary>
    /// In memory where no folder is named and nothing is managed; then limits are this process's own.
    /// </summary>
    public static IServiceCollection AddLimits(this IServiceCollection services, IConfiguration settings)
    {
        if (settings[LimitsSetting] is { Length: > 0 } folder)
        {
            services.TryAddSingleton<ILimitStore>(provider => In(folder, provider));
        }

        services.TryAddSingleton<ILimitStore>(
            provider => new MemoryLimitStore(provider.GetRequiredService<TimeProvider>()));
        if (services.Any(service => service.ServiceType == typeof(LeaseLedger)))
        {
            return services;
        }

        services.AddSingleton(provider => new LeaseLedger(
            provider.GetRequiredService<ILimitStore>(),
            provider.GetRequiredService<TimeProvider>(),
            GatewayServices.NextRandom,
            provider.GetRequiredService<ILogger<LeaseLedger>>()));
        services.TryAddSingleton<ILimitLedger>(provider => provider.GetRequiredService<LeaseLedger>());
        return services.AddHostedService(provider => provider.GetRequiredService<LeaseLedger>());
    }

    /// <summary>In a folder, where another is not named.</summary>
    public static void AddFileLimits(
        this IServiceCollection services, IConfiguration settings, Func<IServiceProvider, string> folder)
    {
        if (settings[LimitsSetting] is not { Length: > 0 })
        {
            services.TryAddSingleton<ILimitStore>(provider => In(folder(provider), provider));
        }
    }

    private static FileLimitStore In(string folder, IServiceProvider provider) =>
        new(folder, provider.GetRequiredService<TimeProvider>(), GatewayServices.NextRandom);
}
