namespace Lightport.Routing;

/// <summary>Whether a client key's model could ever be asked for, so that a mistyped one is told at once.</summary>
internal static class KnownModels
{
    /// <param name="name">A name, or a pattern with <c>*</c> for any run of characters.</param>
    public static bool Include(RoutingTable table, string name)
    {
        int star = name.IndexOf('*', StringComparison.Ordinal);
        return star < 0
            ? RouteResolver.Resolve(table, new RouteQuestion(name)).Found
            : BeginnersOf(table).Any(known => Meet(known, name[..star]));
    }

    /// <summary>What the names that are routed begin with: whole names, and all before a star.</summary>
    private static IEnumerable<string> BeginnersOf(RoutingTable table)
    {
        IEnumerable<string> listed = table.ModelNames
            .Concat(table.Wildcards.Select(wildcard => wildcard.Pattern.Split('*')[0]));
        return table.Direct ? listed.Concat(table.Providers.Keys.Select(provider => provider + "/")) : listed;
    }

    private static bool Meet(string known, string beginning) =>
        known.StartsWith(beginning, StringComparison.Ordinal) || beginning.StartsWith(known, StringComparison.Ordinal);
}
