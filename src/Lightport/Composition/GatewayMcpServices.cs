using Lightport.Configuration;
using Lightport.Mcp;
using Lightport.Mcp.Connections;
using Lightport.Mcp.Identity;
using Lightport.Mcp.Lists;
using Lightport.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Lightport.Composition;

/// <summary>What asks MCP servers. Nothing of it is made before somebody asks one.</summary>
internal static class GatewayMcpServices
{
    public static void AddMcp(this IServiceCollection services)
    {
        services.TryAddSingleton<McpHttp>();
        services.TryAddSingleton<McpTokens>();
        services.TryAddSingleton<McpIdentities>();
        services.TryAddSingleton<McpConnector>();
        services.TryAddSingleton(provider => new McpConnections(
            provider.GetRequiredService<McpConnector>(),
            Settings(provider),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new ToolStore(
            provider.GetService<IToolListStore>(), provider.GetRequiredService<ILogger<ToolStore>>()));
        services.TryAddSingleton<ToolAsker>();
        services.TryAddSingleton<ToolLists>();
        services.TryAddSingleton<McpStatus>();
        services.TryAddSingleton<ToolApproval>();
        services.TryAddSingleton<IMcpServers, McpServers>();
        services.TryAddSingleton<ServerQuestions>();
        services.TryAddSingleton<IMcpResources, McpResources>();
        services.TryAddSingleton<IMcpCatalog, McpCatalog>();
        services.TryAddSingleton<IMcpDirectory>(provider => new McpDirectory(Settings(provider)));
    }

    private static Func<McpSettings> Settings(IServiceProvider provider)
    {
        var source = provider.GetRequiredService<IGatewayConfigurationSource>();
        return () => source.InForce?.Mcp ?? McpSettings.None;
    }
}
