using System.Diagnostics.Metrics;
using Lightport.Admission;
using Lightport.Admission.Identity;
using Lightport.Audit;
using Lightport.Composition;
using Lightport.Configuration;
using Lightport.Dialects;
using Lightport.Doors;
using Lightport.Exchanges;
using Lightport.Exchanges.Eligibility;
using Lightport.Exchanges.Limits;
using Lightport.Exchanges.Rules;
using Lightport.Exchanges.Shadows;
using Lightport.Exchanges.Stages;
using Lightport.Limits;
using Lightport.Management;
using Lightport.Mcp;
using Lightport.McpDoor;
using Lightport.Prices;
using Lightport.Providers;
using Lightport.Providers.Echo;
using Lightport.Routing;
using Lightport.Routing.Eligibility;
using Lightport.Routing.Preferences;
using Lightport.Routing.Selection;
using Lightport.Routing.State;
using Lightport.Storage;
using Lightport.Storage.Files;
using Lightport.Telemetry;
using Lightport.Transport;
using Lightport.Transport.Body;
using Lightport.Transport.Signing;
using Lightport.Transport.Tokens;
using Lightport.Usage;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Lightport;

/// <summary>
/// Puts the gateway together. A host may put its own adapters in place of the ports' defaults, before or after.
/// </summary>
public static class GatewayServices
{
    /// <param name="settings">Command line, environment and what else the host reads settings from.</param>
    /// <param name="ownsFiles">
    /// Whether what is managed may be kept in files: not where many instances come and go, each with files of its own.
    /// </param>
    public static IServiceCollection AddLightport(
        this IServiceCollection services,
        IConfiguration settings,
        bool ownsFiles = true)
    {
        AddConfiguration(services, settings, ownsFiles);
        AddManagement(services, settings, ownsFiles);
        services.AddLimits(settings);
        services.AddContext(settings);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, ExactDoorPolicy>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISecretSource, ConfigurationSecretSource>();
        services.TryAddSingleton(
            provider => ProviderCatalog.Load(provider.GetServices<ProviderFile>()));
        services.TryAddSingleton(_ => ModelTraitsCatalog.Load());
        services.TryAddSingleton<ModelFactsCatalog>();
        services.TryAddSingleton(_ => GatewayPrices.In(settings));
        services.TryAddSingleton(provider => new DialectRegistry(
            BuiltInDialects.Operations.Concat(provider.GetServices<DialectOperation>()),
            provider.GetServices<IClientFamily>().Concat(BuiltInDialects.Families)));
        services.TryAddSingleton<IUpstream, HttpUpstream>();
        services.TryAddSingleton(GatewayHostLimits.None);
        services.TryAddSingleton(provider => new GatewayTelemetry(
            new ModelLabels(
                new GatewayModelNames(provider.GetRequiredService<IGatewayConfigurationSource>()).Contains),
            OtlpSettings.Propagates(settings),
            provider.GetService<IMeterFactory>()));
        services.AddScraping(settings);
        services.AddAudit(ownsFiles);
        services.TryAddSingleton<UsageMeter>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IPostConfigureOptions<LoggerFilterOptions>, QuietAddresses>());
        services.TryAddSingleton(_ => GatewayBodySettings.Budget(settings));
        services.TryAddSingleton(
            provider => new TargetStates(provider.GetRequiredService<TimeProvider>(), NextRandom));
        services.TryAddSingleton<KeySpend>();
        services.TryAddSingleton<RequestRules>();
        services.TryAddSingleton<CallRules>();
        AddFilters(services);
        services.TryAddSingleton<CostEstimator>();
        services.TryAddSingleton(provider => new TargetSelector(
            provider.GetServices<ITargetFilter>(),
            provider.GetRequiredService<TargetStates>(),
            NextRandom,
            provider.GetRequiredService<CostEstimator>()));
        services.TryAddSingleton(provider => new AttemptLoop(
            provider.GetRequiredService<TimeProvider>(), NextRandom, provider.GetRequiredService<TargetStates>()));
        services.TryAddKeyedSingleton<IRequestSigner>(
            AwsSigner.Name, (provider, _) => new AwsSigner(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(
            provider => new Signers(
                name => provider.GetKeyedService<IRequestSigner>(name),
                name => provider.GetKeyedService<ITokenSource>(name)));
        services.AddTokens(settings);
        services.AddIdentity(settings);
        services.AddEnrichment();
        services.AddMcp();
        services.TryAddSingleton<CallPlanner>();
        services.TryAddSingleton<AlertSender>();
        services.TryAddSingleton(Keeper);
        AddDrain(services, settings);
        services.TryAddSingleton(CreateShadows);
        services.AddMcpDoor();
        services.TryAddSingleton(CreateGateway);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, GatewayStart>());
        return services;
    }

    /// <summary>What speaks against asking a target.</summary>
    private static void AddFilters(IServiceCollection services)
    {
        services.AddSingleton<ITargetFilter, EndpointFilter>();
        services.AddSingleton<ITargetFilter, ConfiguredLimitFilter>();
        services.AddSingleton<ITargetFilter, PreferenceFilter>();
        services.AddSingleton<ModelSenses>();
        services.AddSingleton<ITargetFilter, KnownLimitFilter>();
        services.AddSingleton<ITargetFilter>(
            provider => new StateFilter(provider.GetRequiredService<CallPlanner>(), refuses: true));
        services.AddSingleton<ITargetFilter>(
            provider => new StateFilter(provider.GetRequiredService<CallPlanner>(), refuses: false));
    }

    private static void AddConfiguration(IServiceCollection services, IConfiguration settings, bool ownsFiles)
    {
        services.TryAddSingleton<ConfigurationGuard>();
        services.TryAddSingleton(provider => EnvironmentOf(settings, provider) with
        {
            // Where files are another instance's tomorrow, so would a program be that was started today.
            RunsPrograms = ownsFiles,
            KeepsFiles = ownsFiles,
        });
        services.TryAddSingleton<ConfigurationReader>();
        services.TryAddSingleton(provider => ConfigurationStore.Open(
            Directory.GetCurrentDirectory(),
            provider.GetRequiredService<ConfigurationReader>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ConfigurationStore>>()));
        services.TryAddSingleton<IGatewayConfigurationSource>(
            provider => provider.GetRequiredService<ConfigurationStore>());
    }

    private static ConfigurationEnvironment EnvironmentOf(IConfiguration settings, IServiceProvider provider)
    {
        KeySettings.Check(settings, ConfigurationLoader.SingleKeyName);
        KeySettings.Check(settings, AdminKeeper.KeySetting, AdminKeeper.ShortestKey);
        KeySettings.Check(settings, SealSource.SecretName, SealSource.ShortestKey);
        return ConfigurationEnvironment.From(settings) with
        {
            Managed = provider.GetService<Storage.IClientKeyStore>() is not null,
            Prices = provider.GetRequiredService<PriceBook>,
            HasIdentity = name => provider.GetRequiredService<IServiceProviderIsKeyedService>()
                .IsKeyedService(typeof(ITokenSource), name),
            SecretsElsewhere = provider.GetRequiredService<ISecretSource>() is not ConfigurationSecretSource,
        };
    }

    private static void AddDrain(IServiceCollection services, IConfiguration settings)
    {
        services.TryAddSingleton(provider => new GatewayDrain(
            GatewayDrain.TimeIn(settings),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<IHostApplicationLifetime>()));
        services.PostConfigure<HostOptions>(host =>
            host.ShutdownTimeout = GatewayDrain.HostWaits(GatewayDrain.TimeIn(settings), host.ShutdownTimeout));
    }

    private static void AddManagement(IServiceCollection services, IConfiguration settings, bool ownsFiles)
    {
        services.TryAddSingleton<GatewayHealth>();
        services.TryAddSingleton<AdminKeeper>();
        services.TryAddSingleton(provider => new ConfigurationDoors(
            provider.GetRequiredService<ConfigurationReader>(),
            provider.GetRequiredService<IGatewayConfigurationSource>(),
            () => provider.GetRequiredService<ConfigurationStore>().Text,
            provider.GetService<Storage.IConfigurationVersions>()));
        services.TryAddSingleton<KeyDoors>();
        services.TryAddSingleton<UsageDoor>();
        services.TryAddSingleton<RequestDoor>();
        services.TryAddSingleton<PricesDoor>();
        services.TryAddSingleton<McpServersDoor>();
        services.TryAddSingleton<TargetExplainer>();
        services.TryAddSingleton(provider => new LimitExplainer(
            provider.GetRequiredService<LimitKeeper>(), provider.GetService<ILimitLedger>()));
        services.TryAddSingleton<ExplainDoor>();
        services.TryAddSingleton<HealthDoor>();
        services.TryAddSingleton<MetricsDoor>();
        services.TryAddSingleton<ManagementDesk>();
        if (ownsFiles && !string.IsNullOrEmpty(settings[AdminKeeper.KeySetting]))
        {
            services.AddFileStores(settings);
        }
    }

    private static Gateway CreateGateway(IServiceProvider services)
    {
        DialectRegistry dialects = services.GetRequiredService<DialectRegistry>();
        TimeProvider clock = services.GetRequiredService<TimeProvider>();
        ILogger<Gateway> logger = services.GetRequiredService<ILogger<Gateway>>();
        AttemptLoop attempts = services.GetRequiredService<AttemptLoop>();
        CallPlanner planner = services.GetRequiredService<CallPlanner>();
        GatewayTelemetry telemetry = services.GetRequiredService<GatewayTelemetry>();
        ShadowTraffic shadows = services.GetRequiredService<ShadowTraffic>();
        RoutingMetrics.Publish(
            telemetry, services.GetRequiredService<TargetStates>(), attempts, shadows.Counts);
        GatewayMetrics.Publish(telemetry, services);
        AttemptMaker maker = CreateMaker(services, logger);
        TargetSelector selector = services.GetRequiredService<TargetSelector>();
        return new Gateway(
            services.GetRequiredService<IGatewayConfigurationSource>(),
            new Doorkeeper(
                clock, services.GetService<ClientKeyDirectory>(), services.GetRequiredService<IdentityKeeper>()),
            dialects,
            services.GetRequiredService<RequestRules>(),
            selector,
            new AnswerLoop(attempts, maker, selector),
            services.GetRequiredService<LimitKeeper>(),
            new StageList(services.GetServices<IStage>()),
            new TokenCounter(planner, maker),
            new AccountAnswers(maker),
            shadows,
            new SmallDoors(
                services.GetRequiredService<IGatewayConfigurationSource>(),
                services.GetRequiredService<GatewayHealth>(),
                services.GetRequiredService<ILogger<Gateway>>()),
            new AnswerMemory(
                services.GetService<IResponseStore>() ?? services.GetService<FileResponseStore>(),
                new ProviderIds(
                    services.GetService<IResponseIdStore>() ?? services.GetService<FileResponseIdStore>(),
                    clock,
                    logger),
                clock,
                GatewayStores.AnswersKept(services.GetService<IConfiguration>())),
            new SealSource(
                services.GetRequiredService<ISecretSource>(),
                GatewayContextServices.RunsTools(services),
                logger,
                services.GetService<ISealKeyStore>(),
                GatewayContextServices.RunsAreKept(services)),
            services.GetRequiredService<McpDesk>(),
            services.GetRequiredService<ManagementDesk>(),
            services.GetRequiredService<GatewayDrain>(),
            services.GetRequiredService<GatewayHostLimits>(),
            services.GetRequiredService<BodyBudget>(),
            services.GetRequiredService<UsageMeter>(),
            telemetry,
            services.GetRequiredService<AuditStream>(),
            clock,
            logger);
    }

    private static LimitKeeper Keeper(IServiceProvider services)
    {
        TimeProvider clock = services.GetRequiredService<TimeProvider>();
        ILimitLedger? ledger = services.GetService<ILimitLedger>();
        var alerts = new AlertDesk(
            services.GetRequiredService<AlertSender>(),
            clock,
            services.GetRequiredService<ILogger<AlertDesk>>(),
            ledger);
        var bounds = new BoundFinder(
            services.GetRequiredService<PriceBook>(), services.GetRequiredService<ModelFactsCatalog>(), clock);
        return new LimitKeeper(bounds, alerts, ledger);
    }

    private static AttemptMaker CreateMaker(IServiceProvider services, ILogger<Gateway> logger) => new(
        services.GetRequiredService<CallPlanner>(),
        new SecretFinder(
            services.GetRequiredService<ISecretSource>(), services.GetRequiredService<TokenCache>(), logger),
        services.GetRequiredService<IUpstream>(),
        new EchoUpstream(),
        new AttemptReporter(
            services.GetRequiredService<GatewayTelemetry>(), services.GetRequiredService<PriceBook>(), logger),
        logger);

    private static ShadowTraffic CreateShadows(IServiceProvider services) => new(
        CreateMaker(services, NullLogger<Gateway>.Instance),
        services.GetRequiredService<TargetSelector>(),
        services.GetRequiredService<UsageMeter>(),
        services.GetRequiredService<BodyBudget>(),
        NextRandom,
        services.GetRequiredService<ILogger<ShadowTraffic>>(),
        services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? default);

#pragma warning disable RS0030 // The one place where chance comes from; everything else is given it.
    internal static double NextRandom() => Random.Shared.NextDouble();
#pragma warning restore RS0030
}
