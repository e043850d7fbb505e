using Lightport.Admission;
using Lightport.Configuration;
using Lightport.Dialects;
using Lightport.Journey;
using Lightport.Providers;
using Lightport.Routing;
using Lightport.Transport;
using Lightport.Transport.Echo;
using Lightport.Usage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Lightport;

/// <summary>Puts the gateway together. A host may put its own adapters in place of the ports' defaults.</summary>
public static class GatewayServices
{
    /// <param name="settings">Command line, environment and what else the host reads settings from.</param>
    public static IServiceCollection AddLightport(this IServiceCollection services, IConfiguration settings)
    {
        services.TryAddSingleton(provider => ConfigurationStore.Open(
            ConfigurationEnvironment.From(settings),
            Directory.GetCurrentDirectory(),
            provider.GetRequiredService<ProviderCatalog>(),
            provider.GetRequiredService<ILogger<ConfigurationStore>>()));
        services.TryAddSingleton<IGatewayConfigurationSource>(
            provider => provider.GetRequiredService<ConfigurationStore>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISecretSource, ConfigurationSecretSource>();
        services.TryAddSingleton(_ => ProviderCatalog.Load());
        services.TryAddSingleton(_ => ModelTraitsCatalog.Load());
        services.TryAddSingleton(_ => BuiltInDialects.Create());
        services.TryAddSingleton<IUpstream, HttpUpstream>();
        services.TryAddSingleton<GatewayTelemetry>();
        services.TryAddSingleton<UsageMeter>();
        services.TryAddSingleton(CreateGateway);
        return services;
    }

    private static Gateway CreateGateway(IServiceProvider services)
    {
        DialectRegistry dialects = services.GetRequiredService<DialectRegistry>();
        TimeProvider clock = services.GetRequiredService<TimeProvider>();
        ISecretSource secrets = services.GetRequiredService<ISecretSource>();
        var caller = new UpstreamCaller(
            new CallPlanner(dialects, services.GetRequiredService<ModelTraitsCatalog>()),
            new CallComposer(dialects),
            new AnswerReader(dialects, secrets),
            secrets,
            services.GetRequiredService<IUpstream>(),
            new EchoUpstream());
        return new Gateway(
            services.GetRequiredService<IGatewayConfigurationSource>(),
            new Doorkeeper(clock),
            dialects,
            new AttemptLoop(clock, NextRandom),
            caller,
            services.GetRequiredService<UsageMeter>(),
            services.GetRequiredService<GatewayTelemetry>(),
            clock,
            services.GetRequiredService<ILogger<Gateway>>());
    }

#pragma warning disable RS0030 // The one place where chance comes from; everything else is given it.
    private static double NextRandom() => Random.Shared.NextDouble();
#pragma warning restore RS0030
}
