using Lightport.Configuration.Yaml;
using Lightport.Providers;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Makes routes of entries: every name becomes the targets behind it, at each account of their providers, so that a
/// request follows one flat list. A name that begins with a provider's is a target; any other is an entry of
/// <c>models</c>, exact before wildcard, of which the targets count and how they are selected, and no other policy.
/// </summary>
internal sealed class RouteBuilder
{
    private const int MostTargets = 32;
    private const int DeepestNesting = 16;

    private readonly Dictionary<string, ModelEntry> _entries;
    private readonly WildcardRoute[] _wildcards;
    private readonly Dictionary<string, TargetGroup> _done = new(StringComparer.Ordinal);
    private readonly List<string> _path = [];
    private readonly ProviderSet _providers;
    private readonly ProviderCatalog _catalog;
    private readonly ConfigurationErrors _errors;

    public RouteBuilder(IReadOnlyList<ModelEntry> entries, ProviderSet providers, ReadingContext context)
    {
        _entries = entries.ToDictionary(entry => entry.Name.Value, StringComparer.Ordinal);
        _wildcards = [.. WildcardRoute.BySpecificity(entries
            .Where(entry => entry.IsWildcard)
            .Select(entry => new WildcardRoute(entry.Name.Value, entry.Policy)))];
        (_providers, _catalog, _errors) = (providers, context.Catalog, context.Errors);
    }

    /// <summary>The route of an entry; without targets only where there are errors.</summary>
    public Route Build(ModelEntry entry)
    {
        TargetGroup targets = TargetsOf(entry);
        if (targets.Own.Count > 0 && targets.Own.All(target => target.Weight == 0))
        {
            _errors.Add(entry.Name, $"every target of '{entry.Name.Value}' has weight 0, so that none would be asked "
                + "before the others; give one a weight above 0.");
        }

        Route route = targets.In(entry.Policy);
        if (route.Selection.By is not null && HasNamesakes(targets.Own))
        {
            _errors.Add(entry.Name, $"two targets of '{entry.Name.Value}' have one name, so that "
                + $"'{route.Selection.Name}' could not tell them apart; give each a 'label'.");
        }

        route = entry.Shadow is { } shadow ? route with { Shadow = ShadowOf(shadow) } : route;
        FallbackReferences on = entry.Fallbacks;
        return on.ContextLength.Count + on.ContentFilter.Count + on.RateLimit.Count == 0 ? route : route with
        {
            FallbackOn = new FallbackLists(
                Named(entry, on.ContextLength, route),
                Named(entry, on.ContentFilter, route),
                Named(entry, on.RateLimit, route)),
        };
    }

    private ShadowPolicy? ShadowOf(ShadowReference shadow)
    {
        bool hasStar = shadow.Text.Contains('*', StringComparison.Ordinal);
        if (!hasStar && RouteResolver.ParseTarget(_providers.ByName, shadow.Text) is { } target)
        {
            return new ShadowPolicy(target.AtAccounts()[0], shadow.Part);
        }

        string? error = hasStar ? $"'{shadow.Text}' has a star, and so is no one model."
            : _entries.ContainsKey(shadow.Text)
                ? $"'{shadow.Text}' is an entry of models; a shadow goes to one provider/model."
                : UnknownName(shadow.Text);
        if (error is not null)
        {
            _errors.Add(shadow.At, error);
        }

        return null;
    }

    /// <summary>What is one of the route's targets too is the same object, so that it is not asked twice.</summary>
    private IReadOnlyList<Target> Named(ModelEntry entry, IReadOnlyList<ModelReference> names, Route route) =>
    [
        .. Once(names.Select(name => Follow(entry, name)).SelectMany(group => group.Own.Concat(group.Fallbacks)), [])
            .Take(MostTargets)
            .Select(target => route.Targets.FirstOrDefault(known => Same(known, target)) ?? target),
    ];

    /// <summary>The route of a name as a request would ask for it; null, and an error, where there is none.</summary>
    public Route? Find(string name, YamlNode at)
    {
        if (name.Contains('*', StringComparison.Ordinal))
        {
            _errors.Add(at, $"'{name}' has a star, and so is no one model; name one that it matches.");
            return null;
        }

        if (_entries.TryGetValue(name, out ModelEntry? entry))
        {
            return Build(entry);
        }

        if (Array.Find(_wildcards, wildcard => wildcard.Matches(name)) is { } found)
        {
            return new WildcardRoute(found.Pattern, Build(_entries[found.Pattern])).For(name);
        }

        if (RouteResolver.ParseTarget(_providers.ByName, name) is { } target)
        {
            return new Route(target.ToString(), target.AtAccounts());
        }

        if (UnknownName(name) is { } error)
        {
            _errors.Add(at, error);
        }

        return null;
    }

    /// <summary>Whether it is one model's name: an entry's, one that fits a pattern, or a provider's.</summary>
    public bool Knows(string name) =>
        !name.Contains('*', StringComparison.Ordinal)
        && (_entries.ContainsKey(name)
            || Array.Exists(_wildcards, wildcard => wildcard.Matches(name))
            || RouteResolver.ParseTarget(_providers.ByName, name) is not null);

    private TargetGroup TargetsOf(ModelEntry entry)
    {
        string name = entry.Name.Value;
        if (_done.TryGetValue(name, out TargetGroup? known))
        {
            return known;
        }

        _path.Add(name);
        TargetGroup[] own = [.. entry.Targets.Select(reference => Follow(entry, reference))];
        TargetGroup[] fallbacks = [.. entry.Fallbacks.Any.Select(reference => Follow(entry, reference))];
        _path.RemoveAt(_path.Count - 1);
        var found = new TargetGroup(
            Once(own.SelectMany(group => group.Own), []),
            Once(
                own.SelectMany(group => group.Fallbacks)
                    .Concat(fallbacks.SelectMany(group => group.Own.Concat(group.Fallbacks))),
                own.SelectMany(group => group.Own)));
        if (found.Count > MostTargets)
        {
            _errors.Add(entry.Name, $"'{name}' comes to {found.Count} targets; {MostTargets} are the most.");
            found = TargetGroup.None;
        }

        return _done[name] = found;
    }

    private TargetGroup Follow(ModelEntry entry, ModelReference reference)
    {
        if (RouteResolver.ParseTarget(_providers.ByName, reference.Text) is { } target)
        {
            return StarsMatch(entry, reference)
                ? new TargetGroup((reference.Adjust?.Invoke(target) ?? target).AtAccounts(), [])
                : TargetGroup.None;
        }

        if (_entries.TryGetValue(reference.Text, out ModelEntry? other))
        {
            return FollowEntry(entry, reference, other, wildcard: null);
        }

        WildcardRoute? wildcard = Array.Find(_wildcards, wildcard => wildcard.Matches(reference.Text));
        if (wildcard is not null && !reference.Text.Contains('*', StringComparison.Ordinal))
        {
            return FollowEntry(entry, reference, _entries[wildcard.Pattern], wildcard);
        }

        if (!_errors.Full && UnknownName(reference.Text) is { } error)
        {
            _errors.Add(reference.At, error);
        }

        return TargetGroup.None;
    }

    private TargetGroup FollowEntry(
        ModelEntry from,
        ModelReference reference,
        ModelEntry other,
        WildcardRoute? wildcard)
    {
        string? error = true switch
        {
            _ when reference.Adjust is not null =>
                $"'to' must be provider/model, but '{reference.Text}' is an entry of models; name it under 'fallback'.",
            _ when wildcard is null && other.IsWildcard =>
                $"'{reference.Text}' is a wildcard, and so no one model; name one that it matches.",
            _ when _path.IndexOf(other.Name.Value) is >= 0 and var start =>
                $"'{from.Name.Value}' falls back to itself: "
                    + $"{string.Join(" → ", _path.Skip(start))} → {other.Name.Value}.",
            _ when _path.Count >= DeepestNesting =>
                $"'{reference.Text}' is reached through more than {DeepestNesting} names; name its targets instead.",
            _ => null,
        };
        if (error is not null)
        {
            _errors.Add(reference.At, error);
            return TargetGroup.None;
        }

        TargetGroup targets = TargetsOf(other).SelectedBy(other.Policy.Selection);
        return wildcard is null
            ? targets
            : new TargetGroup(
                Carry(wildcard, targets.Own, reference.Text),
                Carry(wildcard, targets.Fallbacks, reference.Text));
    }

    private bool StarsMatch(ModelEntry entry, ModelReference reference)
    {
        int stars = reference.Text.Count(letter => letter == '*');
        string? error = stars switch
        {
            0 => null,
            1 when entry.IsWildcard => null,
            1 => $"'{reference.Text}' has a star, which only a name with one can fill, "
                + "as in \"claude-*\": anthropic/*.",
            _ => $"'{reference.Text}' has more than one star; use one at most.",
        };
        if (error is not null)
        {
            _errors.Add(reference.At, error);
        }

        return error is null;
    }

    private string? UnknownName(string text)
    {
        if (_providers.ByName.ContainsKey(text))
        {
            return $"'{text}' is a provider; name one of its models, as in {text}/<model>.";
        }

        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0)
        {
            string near = NearNames.Question(text, _entries.Keys);
            return $"'{text}' is neither provider/model nor an entry of models"
                + (near.Length > 0 ? near : "; write it as in openai/gpt-4o-mini.");
        }

        string provider = text[..slash];
        if (_providers.ByName.ContainsKey(provider))
        {
            return $"'{text}' names no model after the slash; write it as in openai/gpt-4o-mini.";
        }

        // A provider that is there but broken has its own error.
        if (_providers.Declared.Contains(provider))
        {
            return null;
        }

        string question = NearNames.Question(provider, _providers.ByName.Keys);
        return _catalog.Find(provider) is { } entry
            ? $"'{provider}' is not configured; add '{provider}: {{}}' under providers"
                + (entry.Authentication.KeyVariable is { } key ? $" and set {key}." : ".")
            : $"'{text}' names no provider that is configured"
                + (question.Length > 0 ? question : $"; there are {string.Join(", ", _providers.ByName.Keys)}.");
    }

    private static IReadOnlyList<Target> Carry(WildcardRoute wildcard, IReadOnlyList<Target> targets, string name) =>
        new WildcardRoute(wildcard.Pattern, new Route(wildcard.Pattern, targets)).For(name).Targets;

    /// <summary>What comes round again by way of a fallback has failed already, and is not asked twice.</summary>
    private static List<Target> Once(IEnumerable<Target> targets, IEnumerable<Target> before)
    {
        var once = new List<Target>();
        Target[] gone = [.. before];
        foreach (Target target in targets)
        {
            if (!once.Exists(known => Same(known, target)) && !Array.Exists(gone, known => Same(known, target)))
            {
                once.Add(target);
            }
        }

        return once;
    }

    private static bool HasNamesakes(IReadOnlyList<Target> targets)
    {
        for (int i = 1; i < targets.Count; i++)
        {
            for (int before = 0; before < i; before++)
            {
                if ($"{targets[before]}" == $"{targets[i]}"
                    && targets[before].Label == targets[i].Label
                    && !targets[before].IsOfOneTarget(targets[i]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Same(Target left, Target right) =>
        ReferenceEquals(left.Provider, right.Provider)
        && left.Model == right.Model
        && left.Set.Count == 0
        && right.Set.Count == 0
        && left.Traits == right.Traits
        && left.Data == right.Data
        && left.Quantization == right.Quantization;
}
