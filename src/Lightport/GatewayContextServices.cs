using Lightport.Enrichment.Memory;
using Lightport.Storage;
using Lightport.Storage.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lightport;

/// <summary>What gathers context for conversations, and remembers what was put into them.</summary>
internal static class GatewayContextServices
{
    public static void AddContext(this IServiceCollection services, IConfiguration settings)
    {
        services.TryAddSingleton<ISessionMemory>(provider => new SessionMemory(
            SessionStore(provider),
            provider.GetRequiredService<TimeProvider>(),
            GatewayStores.SessionsKept(settings)));
    }

    /// <summary>A store that instances share, else this process's files, else its memory.</summary>
    private static ISessionStore SessionStore(IServiceProvider provider) =>
        provider.GetService<ISessionStore>()
        ?? provider.GetService<FileSessionStore>()
        ?? (ISessionStore)new MemorySessionStore(provider.GetRequiredService<TimeProvider>());
}
