using Lightport.Conversation;
using Lightport.Enrichment.Choice;
using Lightport.Enrichment.Memory;

namespace Lightport.Enrichment.Tools;

/// <summary>
/// What a conversation has of the tools that it is offered. Those that were told once stay where they are, also where
/// their server has them no longer; new ones come behind them, and are chosen where there are too many.
/// </summary>
internal static class ChosenTools
{
    /// <summary>There are more than a request should get, so that which it got must be remembered.</summary>
    public static bool AreMany(ToolOffer offer, ChatRequest said) =>
        Choose([.. offer.Tools], said, kept: 0).Count < offer.Tools.Count;

    public static IReadOnlyList<ToolDefinition> Of(Session session, ChatRequest said, ToolOffer offer)
    {
        HashSet<string> known = [.. session.Tools.Select(tool => tool.Name)];
        OfferedTool[] kept = [.. offer.Tools.Where(tool => known.Contains(tool.Name))];
        OfferedTool[] all = [.. kept, .. offer.Tools.Where(tool => !known.Contains(tool.Name))];
        return
        [
            .. session.Tools,
            .. Choose(all, said, kept.Length)
                .Where(place => place >= kept.Length)
                .Select(place => all[place].Definition),
        ];
    }

    private static IReadOnlyList<int> Choose(OfferedTool[] tools, ChatRequest said, int kept) =>
        ToolChooser.Choose([.. tools.Select(offered => offered.Tool)], said, kept, ToolChooser.UsualMost);
}
