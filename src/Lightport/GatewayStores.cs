using Lightport.Admission;
using Lightport.Composition;
using Lightport.Configuration;
using Lightport.Configuration.Reading;
using Lightport.Enrichment.Memory;
using Lightport.Exchanges;
using Lightport.Exchanges.Health;
using Lightport.Routing.State;
using Lightport.Storage;
using Lightport.Storage.Files;
using Lightport.Usage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lightport;

/// <summary>Puts stores behind the gateway, so that it can be managed while it runs.</summary>
public static class GatewayStores
{
    /// <summary>The folder of the file-backed stores; <c>lightport-data</c> where it is not set.</summary>
    private const string DataSetting = "LIGHTPORT_DATA";

    /// <summary>
    /// How long client keys that were seen, and tokens, go on admitting while their store or issuer is away:
    /// <c>24h</c>.
    /// </summary>
    private const string OutageSetting = "LIGHTPORT_KEYS_OUTAGE";

    /// <summary>How long answers are kept for clients to go on from: <c>720h</c>.</summary>
    private const string AnswersSetting = "LIGHTPORT_ANSWERS_KEPT";

    /// <summary>How long what was put into conversations is kept for their next turns: <c>24h</c>.</summary>
    private const string SessionsSetting = "LIGHTPORT_SESSIONS_KEPT";

    /// <summary>How long usage is kept: <c>400d</c>, which is a year and the month to compare it with.</summary>
    private const string UsageSetting = "LIGHTPORT_USAGE_KEPT";

    private static readonly TimeSpan ShortestKept = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan DefaultOutage = TimeSpan.FromHours(24);

    private static readonly TimeSpan UsuallyKeptUsage = TimeSpan.FromDays(400);

    private static readonly TimeSpan LongestKeptUsage = TimeSpan.FromDays(3650);

    private static readonly TimeSpan LongestOutage = TimeSpan.FromDays(30);

    /// <summary>Stores that many instances share; they take the place of those that are there already.</summary>
    /// <param name="responses">Without it no answer is kept.</param>
    /// <param name="responseIds">Without it client keys that share a provider's account reach nothing of what that
    /// keeps.</param>
    /// <param name="receipts">Without it nothing is kept of single requests.</param>
    /// <param name="health">Without it each instance learns by itself which targets fail.</param>
    /// <param name="limits">Without it each instance counts limits by itself.</param>
    /// <param name="sessions">Without it each instance remembers by itself what it put into conversations.</param>
    /// <param name="tools">Without it each instance asks MCP servers by itself what they offer.</param>
    public static IServiceCollection AddSharedStores(
        this IServiceCollection services,
        Func<IServiceProvider, IConfigurationVersions> versions,
        Func<IServiceProvider, IClientKeyStore> keys,
        Func<IServiceProvider, IUsageStore> usage,
        Func<IServiceProvider, IResponseStore>? responses = null,
        Func<IServiceProvider, IResponseIdStore>? responseIds = null,
        Func<IServiceProvider, IReceiptStore>? receipts = null,
        Func<IServiceProvider, IHealthStore>? health = null,
        Func<IServiceProvider, ILimitStore>? limits = null,
        Func<IServiceProvider, ISessionStore>? sessions = null,
        Func<IServiceProvider, IToolListStore>? tools = null)
    {
        services.AddStores(versions, keys, usage);
        services.SetReceipts(receipts);
        services.RemoveAll<IHealthStore>();
        if (health is not null)
        {
            services.AddHealth(health);
        }

        // What one instance keeps in files, the others would not find, and its folder may not be opened at all.
        services.RemoveAll<FileResponseStore>();
        services.RemoveAll<FileResponseIdStore>();
        services.RemoveAll<FileSessionStore>();
        services.RemoveAll<IToolListStore>();
        services.RemoveAll<ISealKeyStore>();
        services.RemoveAll<DataFolder>();
        if (tools is not null)
        {
            services.AddSingleton(tools);
        }

        services.Replace(ServiceDescriptor.Singleton(
            limits ?? (provider => new MemoryLimitStore(provider.GetRequiredService<TimeProvider>()))));
        if (responses is not null)
        {
            services.Replace(ServiceDescriptor.Singleton(responses));
        }

        if (responseIds is not null)
        {
            services.Replace(ServiceDescriptor.Singleton(responseIds));
        }

        if (sessions is not null)
        {
            services.Replace(ServiceDescriptor.Singleton(sessions));
        }

        services.TryAddSingleton(provider => new ConfigurationFollower(
            provider.GetRequiredService<IConfigurationVersions>(),
            provider.GetRequiredService<ConfigurationReader>(),
            () => provider.GetRequiredService<ConfigurationStore>().Current,
            provider.GetRequiredService<TimeProvider>(),
            GatewayServices.NextRandom,
            provider.GetRequiredService<ILogger<ConfigurationFollower>>()));
        services.Replace(ServiceDescriptor.Singleton<IGatewayConfigurationSource>(
            provider => provider.GetRequiredService<ConfigurationFollower>()));
        return services.AddHostedService(provider => provider.GetRequiredService<ConfigurationFollower>());
    }

    /// <summary>Stores in a folder, for one process; the document itself stays in its file.</summary>
    internal static IServiceCollection AddFileStores(this IServiceCollection services, IConfiguration settings)
    {
        string folder = settings[DataSetting] is { Length: > 0 } named ? named : "lightport-data";
        services.TryAddSingleton(_ => new DataFolder(folder));
        services.TryAddSingleton(provider => new FileResponseStore(
            In(provider, "responses"), AnswersKept(settings), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new FileSessionStore(
            In(provider, "sessions"), SessionsKept(settings), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new FileResponseIdStore(
            In(provider, "response-ids"), provider.GetRequiredService<TimeProvider>()));
        services.SetReceipts(GatewayReceipts.Kept(settings) is not { } kept
            ? null
            : provider => new FileReceiptStore(
                In(provider, "receipts"), kept, provider.GetRequiredService<TimeProvider>()));
        services.AddHealth(provider => new FileHealthStore(In(provider, "health.json")));
        services.TryAddSingleton<IToolListStore>(provider => new FileToolListStore(In(provider, "mcp")));
        services.TryAddSingleton<ISealKeyStore>(provider => new FileSealKeyStore(In(provider, "seal.key")));
        services.AddFileLimits(settings, provider => In(provider, "limits"));
        return services.AddStores(
            provider => new FileConfigurationVersions(
                Path.GetFullPath(
                    provider.GetRequiredService<ConfigurationEnvironment>().File ?? ConfigurationFile.DefaultName),
                In(provider, "versions"),
                provider.GetRequiredService<TimeProvider>()),
            provider => new FileClientKeyStore(In(provider, "keys.json")),
            provider => new FileUsageStore(
                In(provider, "usage"),
                UsageKept(settings),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<FileUsageStore>>()));
    }

    /// <exception cref="ConfigurationException">The setting is no length of time, or none that is possible.</exception>
    internal static TimeSpan AnswersKept(IConfiguration? settings) =>
        settings?[AnswersSetting] is not { Length: > 0 } text
            ? AnswerMemory.LongestLifetime
            : Durations.Parse(text, ShortestKept, AnswerMemory.LongestLifetime) ?? throw new ConfigurationException(
                $"{AnswersSetting} is '{text}'; set it to a length of time from 1m to 720h, as in 24h or 7d.");

    /// <summary>How long whoever keeps sessions keeps them.</summary>
    /// <exception cref="ConfigurationException">The setting is no length of time, or none that is possible.</exception>
    public static TimeSpan SessionsKept(IConfiguration? settings) =>
        settings?[SessionsSetting] is not { Length: > 0 } text
            ? SessionMemory.UsualLifetime
            : Durations.Parse(text, ShortestKept, SessionMemory.LongestLifetime) ?? throw new ConfigurationException(
                $"{SessionsSetting} is '{text}'; set it to a length of time from 1m to 168h, as in 24h or 7d.");

    /// <summary>How long whoever keeps usage keeps it.</summary>
    /// <exception cref="ConfigurationException">The setting is no length of time, or none that is possible.</exception>
    public static TimeSpan UsageKept(IConfiguration settings) =>
        settings[UsageSetting] is not { Length: > 0 } text
            ? UsuallyKeptUsage
            : Durations.Parse(text, TimeSpan.FromDays(1), LongestKeptUsage) ?? throw new ConfigurationException(
                $"{UsageSetting} is '{text}'; set it to a length of time from 1d to 3650d, as in 90d or 400d.");

    private static string In(IServiceProvider provider, string name) =>
        Path.Combine(provider.GetRequiredService<DataFolder>().Root, name);

    private static void AddHealth(this IServiceCollection services, Func<IServiceProvider, IHealthStore> health)
    {
        services.AddSingleton(health);
        services.TryAddSingleton(provider => new SharedBreakers(
            provider.GetService<IHealthStore>(),
            provider.GetRequiredService<TargetStates>(),
            provider.GetRequiredService<TimeProvider>(),
            GatewayServices.NextRandom,
            provider.GetRequiredService<ILogger<SharedBreakers>>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SharedBreakers>(
            provider => provider.GetRequiredService<SharedBreakers>()));
    }

    private static IServiceCollection AddStores(
        this IServiceCollection services,
        Func<IServiceProvider, IConfigurationVersions> versions,
        Func<IServiceProvider, IClientKeyStore> keys,
        Func<IServiceProvider, IUsageStore> usage)
    {
        services.Replace(ServiceDescriptor.Singleton(versions));
        services.Replace(ServiceDescriptor.Singleton(keys));
        services.Replace(ServiceDescriptor.Singleton(usage));
        services.TryAddSingleton(provider => new ClientKeyDirectory(
            provider.GetRequiredService<IClientKeyStore>(),
            provider.GetRequiredService<TimeProvider>(),
            Outage(provider.GetService<IConfiguration>())));
        if (services.All(service => service.ServiceType != typeof(UsageLedger)))
        {
            services.AddSingleton<UsageLedger>();
            services.AddSingleton<IUsageSink>(provider => provider.GetRequiredService<UsageLedger>());
            services.AddHostedService(provider => provider.GetRequiredService<UsageLedger>());
        }

        return services;
    }

    /// <exception cref="ConfigurationException">The setting is no length of time.</exception>
    internal static TimeSpan Outage(IConfiguration? settings) => settings?[OutageSetting] is not { Length: > 0 } text
        ? DefaultOutage
        : Durations.Parse(text, TimeSpan.Zero, LongestOutage) ?? throw new ConfigurationException(
            $"{OutageSetting} is '{text}'; set it to a length of time up to 720h, as in 30m or 24h.");
}
