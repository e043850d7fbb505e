namespace Lightport.Routing;

/// <summary>
/// An entry under <c>models</c> with a star. The star stands for any run of characters, none included, except that a
/// bare <c>*</c> or <c>team/*</c> needs one. In a target, <c>*</c> alone is the whole name asked for, without what
/// the pattern has up to its last slash (<c>claude-*: anthropic/*</c>, <c>team/*: anthropic/*</c>); a star beside
/// other characters is just the run that was matched (<c>fast-*: openai/gpt-*</c>).
/// </summary>
public sealed class WildcardRoute
{
    private readonly string _prefix;
    private readonly string _suffix;
    private readonly int _shortest;

    /// <param name="pattern">A model name with exactly one star.</param>
    /// <param name="template">What to do, its targets' models with or without a star.</param>
    public WildcardRoute(string pattern, Route template)
    {
        int star = pattern.IndexOf('*', StringComparison.Ordinal);
        ArgumentOutOfRangeException.ThrowIfNegative(star, nameof(pattern));
        (Pattern, Template) = (pattern, template);
        (_prefix, _suffix) = (pattern[..star], pattern[(star + 1)..]);
        bool bare = _suffix.Length == 0 && (_prefix.Length == 0 || _prefix[^1] == '/');
        _shortest = _prefix.Length + _suffix.Length + (bare ? 1 : 0);
    }

    public string Pattern { get; }

    public Route Template { get; }

    /// <summary>
    /// Most specific first: the more characters that are fixed, and of equals the more before the star.
    /// </summary>
    public static IEnumerable<WildcardRoute> BySpecificity(IEnumerable<WildcardRoute> routes) =>
        routes.OrderByDescending(route => route.Pattern.Length)
            .ThenByDescending(route => route._prefix.Length)
            .ThenBy(route => route.Pattern, StringComparer.Ordinal);

    public bool Matches(string model) =>
        model.Length >= _shortest
        && model.StartsWith(_prefix, StringComparison.Ordinal)
        && model.EndsWith(_suffix, StringComparison.Ordinal);

    /// <summary>The route of a model that matches, its name carried over to the targets.</summary>
    public Route For(string model)
    {
        return Template with
        {
            Targets = Carried(Template.Targets),
            FallbackOn = Template.FallbackOn?.Select(Carried),
        };

        IReadOnlyList<Target> Carried(IReadOnlyList<Target> targets) =>
            [.. targets.Select(target => Carry(target, model))];
    }

    private Target Carry(Target target, string model)
    {
        if (target.Model == "*")
        {
            return target with
            {
                Model = model[(_prefix.LastIndexOf('/') + 1)..],
                NamedByClient = true,
            };
        }

        int star = target.Model.IndexOf('*', StringComparison.Ordinal);
        return star < 0 ? target : target with
        {
            Model = string.Concat(
                target.Model.AsSpan(0, star),
                model.AsSpan(_prefix.Length, model.Length - _prefix.Length - _suffix.Length),
                target.Model.AsSpan(star + 1)),
            NamedByClient = true,
        };
    }
}
