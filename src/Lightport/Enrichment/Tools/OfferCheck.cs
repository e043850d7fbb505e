using Lightport.Conversation;
using Lightport.Exchanges.Stages;

namespace Lightport.Enrichment.Tools;

/// <summary>What a client may ask for beside tools that the gateway runs.</summary>
internal static class OfferCheck
{
    /// <exception cref="GatewayException">Something that cannot be had; the error names it.</exception>
    public static void Check(StageContext context, ChatRequest said, ToolOffer offer)
    {
        if (offer.Tools.Count > 0 && said.Options.ChoiceCount > 1)
        {
            throw GatewayException.BadRequest(
                "The gateway runs tools for one answer to a prompt. Ask for one, or for a model without tools.",
                "n",
                "unsupported_with_tools");
        }

        if (!context.AsksForApproval && offer.Tools.FirstOrDefault(tool => tool.NeedsApproval) is { } asks)
        {
            throw GatewayException.BadRequest(
                $"Calls of '{asks.Tool.Name}' of the MCP server '{asks.Label}' must be approved, and there is "
                + "no way to ask for that here. Ask by /v1/responses.",
                "tools",
                "mcp_approval_unsupported");
        }
    }
}
