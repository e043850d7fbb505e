using Lightport.Enrichment;
using Lightport.Enrichment.Rounds;
using Lightport.Enrichment.Tools;
using Lightport.Exchanges;
using Lightport.Exchanges.Stages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lightport.Composition;

/// <summary>What puts context and tools into conversations, and runs the tools.</summary>
internal static class GatewayEnrichmentServices
{
    public static void AddEnrichment(this IServiceCollection services)
    {
        services.TryAddSingleton<ToolReporter>();
        services.TryAddSingleton<ToolCaller>();
        services.TryAddSingleton<ToolRunner>();
        services.TryAddSingleton<ServerRights>();
        services.TryAddSingleton<ToolOfferer>();
        services.TryAddSingleton<ResultKeeper>();
        services.TryAddSingleton<SessionKeeper>();
        services.TryAddSingleton<AttemptTrial>();
        services.TryAddSingleton<ApprovedRuns>();
        services.TryAddSingleton<ToolLoops>();
        services.AddSingleton<IStage, EnrichmentStage>();
    }
}
