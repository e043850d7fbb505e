using Lightport.Conversation;

namespace Lightport.Enrichment.Tools;

/// <summary>What a client says of which tools may be called, in the names that the model sees.</summary>
internal static class OfferedChoice
{
    /// <param name="choice">It may name servers whose tools the gateway runs, and others.</param>
    public static ToolChoice? Of(ToolChoice? choice, ToolOffer offer)
    {
        if (choice is not { Servers.Count: > 0 })
        {
            return choice;
        }

        string[] names = [.. choice.Servers.SelectMany(server => NamesAt(server, choice, offer))];
        string[] left = [.. choice.Servers.Where(server => !offer.Has(server))];
        return choice.Mode switch
        {
            _ when left.Length == choice.Servers.Count => choice,
            ToolChoiceMode.Named when names is [var one] => ToolChoice.Named(one),
            ToolChoiceMode.Named => new ToolChoice(ToolChoiceMode.Allowed, names, Required: true),
            _ => choice with { Names = [.. choice.Names, .. names], Servers = left },
        };
    }

    /// <summary>What the choice asks for is there, where the gateway has put it in.</summary>
    /// <param name="tools">All that the model is offered.</param>
    public static ToolChoice? Met(ToolChoice? choice, IReadOnlyList<ToolDefinition> tools) =>
        choice is not { Unmet: not null, Servers.Count: 0 } ? choice
        : tools.Count == 0 ? choice
        : choice.Mode == ToolChoiceMode.Named && !tools.Any(tool => tool.Name == choice.Names[0])
            ? choice with { Unmet = NowhereOffered(choice) }
        : choice with { Unmet = null };

    /// <summary>The dialect's own words may say that there are no tools, and there are some.</summary>
    private static GatewayError NowhereOffered(ToolChoice choice) => choice.Unmet! with
    {
        Message = $"'{choice.Unmet.Param ?? "tool_choice"}' asks for '{choice.Names[0]}', and neither this request nor "
            + "the route of its model has a tool of that name.",
    };

    /// <summary>The one tool that is named at a server, or all of it.</summary>
    private static IEnumerable<string> NamesAt(string server, ToolChoice choice, ToolOffer offer) =>
        offer.Tools
            .Where(tool => tool.Label == server)
            .Where(tool => choice.Mode != ToolChoiceMode.Named
                || choice.Names.Count == 0
                || choice.Names.Contains(tool.Tool.Name))
            .Select(tool => tool.Name);
}
