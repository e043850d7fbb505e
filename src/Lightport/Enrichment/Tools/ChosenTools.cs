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
    public static bool AreMany(ToolOffer offer, int most) => ToolChooser.AreTooMany(
        [.. offer.Tools.Where(tool => !IsBeside(tool)).Select(tool => tool.Tool)], most);

    /// <summary>
    /// Has the model look for what it is not shown from the first. Where its client has sent a search, that finds them.
    /// </summary>
    public static void AddSearch(ToolOffer offer, ChatRequest said, int most)
    {
        if (offer.HasSearch)
        {
            return;
        }

        offer.DeferAllBut([.. Choose([.. offer.Tools], said, kept: 0, most)]);
        var search = new ToolSearch([.. offer.Tools.Where(tool => tool.IsDeferred)]);
        offer.AddOwn(ToolSearch.Tool, search.AnswerAsync, isSearch: true);
    }

    /// <summary>The names of a session's tools that the client has tools of its own by.</summary>
    public static IReadOnlyList<string> Doubled(Session session, ChatRequest said) =>
        [.. session.Tools.Select(tool => tool.Name).Intersect(said.Tools.Select(tool => tool.Name))];

    /// <param name="most">So many tools of servers the route gives a request.</param>
    public static IReadOnlyList<ToolDefinition> Of(Session session, ChatRequest said, ToolOffer offer, int most)
    {
        IReadOnlyList<string> doubled = Doubled(session, said);
        ToolDefinition[] told = [.. session.Tools.Where(tool => !doubled.Contains(tool.Name))];
        HashSet<string> known = [.. told.Select(tool => tool.Name)];
        OfferedTool[] kept = [.. offer.Tools.Where(tool => known.Contains(tool.Name))];
        OfferedTool[] all = [.. kept, .. offer.Tools.Where(tool => !known.Contains(tool.Name))];
        return
        [
            .. told,
            .. Choose(all, said, kept.Length, most)
                .Where(place => place >= kept.Length)
                .Select(place => all[place].Definition),
        ];
    }

    /// <summary>
    /// Those that the model is not shown before it looks for them take no place of others', and neither does a search.
    /// </summary>
    private static bool IsBeside(OfferedTool tool) => tool.IsDeferred || tool.IsSearch;

    private static IReadOnlyList<int> Choose(OfferedTool[] tools, ChatRequest said, int kept, int most)
    {
        ILookup<bool, int> places = Enumerable.Range(0, tools.Length)
            .ToLookup(place => IsBeside(tools[place]));
        int[] shown = [.. places[false]];
        IEnumerable<int> chosen = ToolChooser
            .Choose([.. shown.Select(place => tools[place].Tool)], said, shown.Count(place => place < kept), most)
            .Select(choice => shown[choice]);
        return [.. chosen.Concat(places[true]).Order()];
    }
}
