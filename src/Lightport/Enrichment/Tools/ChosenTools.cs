using Lightport.Conversation;
using Lightport.Enrichment.Choice;
using Lightport.Enrichment.Memory;

namespace Lightport.Enrichment.Tools;

/// <summary>
/// What a conversation has of the tools that it is offered. Those that were told once stay where they are, also where
/// their server has them no longer; new ones come behind them, and are chosen where there are too many. One whose name
/// the client has taken since is left out, for a name can be called once.
/// </summary>
internal static class ChosenTools
{
    /// <summary>There are more than a request should get, so that which it got must be remembered.</summary>
    public static bool AreMany(ToolOffer offer, ChatRequest said) =>
        Choose([.. offer.Tools], said, kept: 0).Count < offer.Tools.Count;

    /// <summary>The names of a session's tools that the client has tools of its own by.</summary>
    public static IReadOnlyList<string> Doubled(Session session, ChatRequest said) =>
        [.. session.Tools.Select(tool => tool.Name).Intersect(said.Tools.Select(tool => tool.Name))];

    public static IReadOnlyList<ToolDefinition> Of(Session session, ChatRequest said, ToolOffer offer)
    {
        IReadOnlyList<string> doubled = Doubled(session, said);
        ToolDefinition[] told = [.. session.Tools.Where(tool => !doubled.Contains(tool.Name))];
        HashSet<string> known = [.. told.Select(tool => tool.Name)];
        OfferedTool[] kept = [.. offer.Tools.Where(tool => known.Contains(tool.Name))];
        OfferedTool[] all = [.. kept, .. offer.Tools.Where(tool => !known.Contains(tool.Name))];
        return
        [
            .. told,
            .. Choose(all, said, kept.Length)
                .Where(place => place >= kept.Length)
                .Select(place => all[place].Definition),
        ];
    }

    private static IReadOnlyList<int> Choose(OfferedTool[] tools, ChatRequest said, int kept) =>
        ToolChooser.Choose([.. tools.Select(offered => offered.Tool)], said, kept, ToolChooser.UsualMost);
}
