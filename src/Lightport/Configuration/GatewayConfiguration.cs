using Lightport.Admission;
using Lightport.Audit;
using Lightport.Enrichment.Sources;
using Lightport.Limits.Rules;
using Lightport.Mcp;
using Lightport.Routing;
using Lightport.Routing.Rules;

namespace Lightport.Configuration;

/// <summary>One whole, valid version of the configuration; never changes.</summary>
/// <param name="Routing">Providers and models.</param>
/// <param name="Admission">Who may call.</param>
/// <param name="Source">Where it is from, for people.</param>
/// <param name="Warnings">What is allowed and probably not meant, one sentence each.</param>
public sealed record GatewayConfiguration(
    RoutingTable Routing,
    AdmissionSettings Admission,
    string Source,
    IReadOnlyList<string> Warnings)
{
    /// <summary>Who may use how much.</summary>
    public LimitTable Limits { get; init; } = LimitTable.None;

    /// <summary>What is written down of who did what.</summary>
    internal AuditSettings Audit { get; init; } = AuditSettings.Off;

    /// <summary>Where routes may take context from.</summary>
    internal ContextSettings Context { get; init; } = ContextSettings.None;

    /// <summary>Which MCP servers there are.</summary>
    internal McpSettings Mcp { get; init; } = McpSettings.None;

    /// <summary>What is refused at the gateway's own MCP server.</summary>
    internal RuleList CallRules { get; init; } = RuleList.None;
}
