using Lightport.Admission;
using Lightport.Configuration;
using Lightport.Mcp;

namespace Lightport.Enrichment.Tools;

/// <summary>
/// Which of the configured MCP servers a caller may use: one that a model has under <c>tools</c> which it may ask, by
/// which it reaches the server anyway; whoever may ask every model has all of them.
/// </summary>
internal sealed class ServerRights(IGatewayConfigurationSource configuration)
{
    /// <summary>In the order of the configuration.</summary>
    public McpServer[] Of(Caller caller)
    {
        GatewayConfiguration inForce = configuration.Current;
        IReadOnlyList<McpServer> all = inForce.Mcp.Servers;
        if (caller.Models.AllowsEvery || all.Count == 0)
        {
            return [.. all];
        }

        HashSet<string> labels =
        [
            .. from model in inForce.Routing.Models
               where model.Value.Tools.Count > 0 && caller.Models.Allows(model.Key)
               from label in model.Value.Tools
               select label,
            .. from wildcard in inForce.Routing.Wildcards
               where wildcard.Template.Tools.Count > 0 && caller.Models.Allows(wildcard.Pattern)
               from label in wildcard.Template.Tools
               select label,
        ];
        return [.. all.Where(server => labels.Contains(server.Label))];
    }

    public bool Allow(Caller caller, McpServer server) =>
        caller.Models.AllowsEvery || Array.Exists(Of(caller), allowed => allowed.Label == server.Label);
}
