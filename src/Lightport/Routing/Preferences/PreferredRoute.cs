namespace Lightport.Routing.Preferences;

/// <summary>Makes the route of a request that says where it wants to go.</summary>
internal static class PreferredRoute
{
    /// <param name="route">Of the model that it asks for first.</param>
    /// <param name="others">Of the models that it names beside it, in its order.</param>
    public static Route Of(Route route, IReadOnlyList<Route> others, RoutingPreferences wanted)
    {
        var own = new List<Target>(route.Targets.Take(route.Own));
        var fallbacks = new List<Target>();
        if (wanted.AllowFallbacks)
        {
            fallbacks.AddRange(route.Targets.Skip(route.Own));
            foreach (Route other in others)
            {
                (wanted.SortAcrossModels ? own : fallbacks).AddRange(other.Targets);
            }
        }

        List<Target> targets = Once([.. own, .. fallbacks]);
        return route with
        {
            Targets = targets,
            Own = Math.Min(targets.Count, Once(own).Count),
            Selection = new PreferredSelection(wanted, route.Selection),
            FallbackOn = wanted.AllowFallbacks ? FallbackOn(route.FallbackOn, others) : null,
            DropUnsupported = wanted.RequireParameters ? false : route.DropUnsupported,
        };
    }

    /// <summary>A model that is named beside the first is asked after any failure, also a request's own.</summary>
    private static FallbackLists? FallbackOn(FallbackLists? said, IReadOnlyList<Route> others)
    {
        if (others.Count == 0)
        {
            return said;
        }

        Target[] named = [.. others.SelectMany(other => other.Targets)];
        return new FallbackLists(
            [.. said?.ContextLength ?? [], .. named], [.. said?.ContentFilter ?? [], .. named], said?.RateLimit ?? []);
    }

    /// <summary>What comes round again has failed already.</summary>
    private static List<Target> Once(List<Target> targets)
    {
        var once = new List<Target>(targets.Count);
        foreach (Target target in targets)
        {
            if (!once.Exists(known => ReferenceEquals(known, target) || IsSame(known, target)))
            {
                once.Add(target);
            }
        }

        return once;
    }

    /// <summary>Another account is another target: it may have what the first lacks.</summary>
    private static bool IsSame(Target one, Target other) =>
        ReferenceEquals(one.Provider, other.Provider)
        && one.Model == other.Model
        && one.Set.Count == 0
        && other.Set.Count == 0;
}
