using Lightport.Configuration;
using Lightport.Dialects;
using Lightport.McpDoor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lightport.Composition;

/// <summary>Puts the gateway's own MCP server together.</summary>
internal static class GatewayMcpDoorServices
{
    public static void AddMcpDoor(this IServiceCollection services)
    {
        services.AddSingleton<IClientFamily, McpFamily>();

        // In this order clients are told of them.
        services.AddSingleton<IDoorTool, ListModelsTool>();
        services.AddSingleton<IDoorTool, AskModelTool>();
        services.AddSingleton<IDoorTool, ExplainRouteTool>();
        services.AddSingleton<IDoorTool, ReadUsageTool>();
        services.TryAddSingleton<ServerCallers>();
        services.TryAddSingleton<ServerTools>();
        services.TryAddSingleton<ServerEntries>();
        services.TryAddSingleton<ServerRequests>();
        services.TryAddSingleton<EntryRequests>();
        services.TryAddSingleton<ListRequests>();
        services.TryAddSingleton<ToolShelf>();
        services.TryAddSingleton<ResourceShelf>();
        services.TryAddSingleton<PromptShelf>();
        services.TryAddSingleton<CompletionDesk>();
        services.TryAddSingleton<McpServing>();
        services.TryAddSingleton(provider => new McpDesk(
            new Lazy<McpServing>(provider.GetRequiredService<McpServing>),
            provider.GetRequiredService<IGatewayConfigurationSource>()));
    }
}
