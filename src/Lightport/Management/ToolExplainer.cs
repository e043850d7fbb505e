using Lightport.Conversation;
using Lightport.Enrichment.Memory;
using Lightport.Enrichment.Tools;
using Lightport.Exchanges;
using Lightport.Exchanges.Stages;
using Lightport.Mcp;

namespace Lightport.Management;

/// <summary>
/// Tells which tools of MCP servers a request would get at its conversation's first turn, as far as their lists are
/// known; no server is asked.
/// </summary>
internal sealed class ToolExplainer(IMcpDirectory directory, ServerRights rights, McpStatus status)
{
    /// <summary>Puts them into the request too, so that its targets are seen with them.</summary>
    /// <returns>In the order in which a model is told them; null where no server is wanted.</returns>
    /// <exception cref="GatewayException">The client would be refused what it wants of servers.</exception>
    public async ValueTask<IReadOnlyList<ExplainAnswer.ToolServerFacts>?> ExplainAsync(Exchange exchange)
    {
        if (!IsWanted(exchange) || exchange.Conversation is not ChatRequest said)
        {
            return null;
        }

        var wanted = WantedTools.Of(exchange.Route!, said, exchange.Caller!, directory, rights);
        var offer = new ToolOffer(said.Tools);
        var known = new List<(string Label, bool IsOfRoute, McpServerStatus Status)>();
        foreach ((McpServer server, McpToolset? wish) in All(wanted))
        {
            McpServerStatus now = await status.OfAsync(server, exchange.Aborted).ConfigureAwait(false);
            known.Add((wish?.Server ?? server.Label, wish is null, now));
            offer.Add(server, wish, [.. (now.List?.Tools ?? []).Where(server.Allows)]);
        }

        OfferCheck.Check(new StageContext(exchange), said, offer);
        int most = exchange.Route!.MostTools;
        if (exchange.Route.SearchesTools && ChosenTools.AreMany(offer, most))
        {
            ChosenTools.AddSearch(offer, said, most);
        }

        IReadOnlyList<ToolDefinition> chosen = ChosenTools.Of(Session.Empty, said, offer, most);
        if (wanted.HasAny)
        {
            ToolDefinition[] all = [.. said.Tools, .. chosen];
            exchange.Conversation = said with
            {
                McpToolsets = wanted.Left,
                Tools = all,
                ToolChoice = OfferedChoice.Met(OfferedChoice.Of(said.ToolChoice, offer), all),
            };
        }

        HashSet<string> names = [.. chosen.Select(tool => tool.Name)];
        return
        [
            .. known.Select(server => Facts(server.Label, server.IsOfRoute, server.Status, offer, names)),
            .. wanted.Left.Select(toolset =>
                new ExplainAnswer.ToolServerFacts(toolset.Server, "request", "provider", false, null, [], [])),
            .. Own(offer, names),
        ];
    }

    private bool IsWanted(Exchange exchange) =>
        exchange is { IsChat: true, Route: { } route }
        && (route.Tools.Count > 0 || (!directory.IsEmpty && exchange.Served.NamesToolsets(exchange.Request)));

    private static IEnumerable<(McpServer Server, McpToolset? Wish)> All(WantedTools wanted) =>
        wanted.OfRoute.Select(server => (server, (McpToolset?)null))
            .Concat(wanted.OfClient.Select(named => (named.Server, (McpToolset?)named.Wish)));

    /// <summary>The gateway's own search, where there is one.</summary>
    private static IEnumerable<ExplainAnswer.ToolServerFacts> Own(ToolOffer offer, HashSet<string> chosen)
    {
        OfferedTool[] own = [.. offer.Tools.Where(tool => tool.Own is not null)];
        return own.Length == 0
            ? []
            : [new(McpServer.Own.Label, "route", "gateway", Listed: true, null, Facts(own, chosen), [])];
    }

    private static ExplainAnswer.ToolServerFacts Facts(
        string label, bool isOfRoute, McpServerStatus status, ToolOffer offer, HashSet<string> chosen) => new(
        label,
        isOfRoute ? "route" : "request",
        "gateway",
        status.List is not null,
        status.Problem,
        Facts(offer.Tools.Where(tool => tool.Label == label && tool.Server == status.Server), chosen),
        [.. status.HeldBack.Select(held => held.Tool.Name)]);

    private static ExplainAnswer.ToolFacts[] Facts(IEnumerable<OfferedTool> tools, HashSet<string> chosen) =>
    [
        .. tools.Select(tool => new ExplainAnswer.ToolFacts(
            tool.Name, tool.Tool.Name, chosen.Contains(tool.Name), tool.NeedsApproval)
        {
            Deferred = tool.IsDeferred,
        }),
    ];
}
