using Lightport.Configuration;
using Lightport.Enrichment.Memory;
using Lightport.Enrichment.Sources;
using Lightport.Exchanges.Rules;
using Lightport.Management;
using Lightport.Mcp;
using Lightport.Storage;
using Lightport.Storage.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lightport.Composition;

/// <summary>What gathers context for conversations, and remembers what was put into them.</summary>
internal static class GatewayContextServices
{
    /// <summary>How many characters of what came of approved calls are kept in memory.</summary>
    private const long MostOfResults = 8 * 1024 * 1024;

    /// <summary>The same in files, in bytes.</summary>
    private const long MostOfResultFiles = 256 * 1024 * 1024;

    private static readonly FileBounds OfMarks =
        new(MemoryMarkStore.Most, MemoryMarkStore.Most / 4) { Refuses = true };

    public static void AddContext(this IServiceCollection services, IConfiguration settings)
    {
        services.TryAddSingleton(provider => new MemorySessionStore(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<ISessionMemory>(provider => new SessionMemory(
            SessionStore(provider),
            provider.GetRequiredService<TimeProvider>(),
            GatewayStores.SessionsKept(settings)));
        services.TryAddSingleton(provider => new ApprovedRunMemory(
            MarkStore(provider),
            RunResults(provider),
            provider.GetRequiredService<TimeProvider>(),
            GatewayStores.SessionsKept(settings)));
        services.TryAddSingleton(provider => new ResultMemory(
            SessionStore(provider),
            provider.GetRequiredService<TimeProvider>(),
            GatewayStores.SessionsKept(settings)));
        services.TryAddSingleton<RequestFormulas>();
        services.TryAddSingleton<ContextPlanner>();
        services.TryAddSingleton<ContextExplainer>();
        services.TryAddSingleton<ToolExplainer>();
        services.TryAddSingleton<RestClient>();
        services.TryAddSingleton<McpTextReader>();
        services.TryAddSingleton(provider => new SourceFiles(
            provider.GetRequiredService<ConfigurationEnvironment>().ContextFolder!,
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new SourceReader(
            provider.GetRequiredService<SourceFiles>(),
            provider.GetRequiredService<RestClient>(),
            provider.GetRequiredService<McpTextReader>(),
            new SourceCache(provider.GetRequiredService<TimeProvider>())));
        services.TryAddSingleton<IContextSources, ContextSources>();
        services.TryAddSingleton<SourceTools>();
    }

    /// <summary>Whether the gateway may run tools, so that clients are told of runs and bring them back.</summary>
    public static Func<bool> RunsTools(IServiceProvider provider)
    {
        IMcpDirectory? servers = provider.GetService<IMcpDirectory>();
        IGatewayConfigurationSource configuration = provider.GetRequiredService<IGatewayConfigurationSource>();
        return () => servers is { IsEmpty: false } || configuration.InForce?.Context.HasTools == true;
    }

    /// <summary>Whether what came of approved calls outlives this process.</summary>
    public static bool RunsAreKept(IServiceProvider provider) => MarkStore(provider) is not MemoryMarkStore;

    /// <summary>A store that instances share, else this process's files, else its memory.</summary>
    private static ISessionStore SessionStore(IServiceProvider provider) =>
        provider.GetService<ISessionStore>()
        ?? provider.GetService<FileSessionStore>()
        ?? (ISessionStore)provider.GetRequiredService<MemorySessionStore>();

    /// <summary>
    /// Which calls have been run that may be run once: nothing pushes that out, or they would be run again.
    /// </summary>
    private static ISessionStore MarkStore(IServiceProvider provider) =>
        provider.GetService<ISessionStore>()
        ?? provider.GetService<FileSessionStore>()?.Beside("runs", OfMarks)
        ?? (ISessionStore)new MemoryMarkStore(provider.GetRequiredService<TimeProvider>());

    /// <summary>What came of them; null where instances share a store, which has room for both.</summary>
    private static ISessionStore? RunResults(IServiceProvider provider) =>
        provider.GetService<ISessionStore>() is not null
            ? null
            : provider.GetService<FileSessionStore>()
                ?.Beside("run-results", FileSessionStore.Usual(MostOfResultFiles))
                ?? (ISessionStore)new MemorySessionStore(provider.GetRequiredService<TimeProvider>(), MostOfResults);
}
