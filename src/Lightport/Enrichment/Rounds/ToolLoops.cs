using Lightport.Conversation;
using Lightport.Enrichment.Memory;
using Lightport.Enrichment.Tools;
using Lightport.Exchanges.Stages;
using Lightport.Mcp;
using Microsoft.Extensions.Logging;

namespace Lightport.Enrichment.Rounds;

/// <summary>Makes the rounds of each request.</summary>
internal sealed class ToolLoops(
    ToolRunner runner, SessionKeeper keeper, TimeProvider clock, ILogger<ToolLoop> logger)
{
    public ToolLoop Create(
        StageContext context, ChatRequest said, Session session, ToolOffer offer, McpCaller caller) =>
        new(context, said, session, offer, caller, runner, keeper, clock, logger);
}
