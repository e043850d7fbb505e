using System.IO.Enumeration;

namespace Lightport.Limits.Rules;

/// <summary>
/// Which requests and targets a limit is for; what is not said holds for all. Names may have a <c>*</c>.
/// </summary>
internal sealed record LimitMatch
{
    public static LimitMatch Everything { get; } = new();

    /// <summary>Names of client keys and identities.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>A key must have each of these tags, with one of its values.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Tags { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>Models, by their names at providers, which take one for another whatever its case.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>Which of a request's targets it is for is known only when one is asked.</summary>
    public bool NamesTarget => Models.Count > 0 || Providers.Count > 0;

    /// <param name="route">Null where the request has none, as a call of a tool.</param>
    public bool IsFor(string key, IReadOnlyDictionary<string, string> tags, string? route) =>
        Fits(Keys, key) && (route is null ? Routes.Count == 0 : Fits(Routes, route)) && FitsTags(tags);

    public bool IsForTarget(string provider, string model) =>
        Fits(Providers, provider) && Fits(Models, model, ignoreCase: true);

    public bool IsForRoute(string route) => Fits(Routes, route);

    private bool FitsTags(IReadOnlyDictionary<string, string> tags)
    {
        if (Tags.Count > 0)
        {
            foreach ((string tag, IReadOnlyList<string> values) in Tags)
            {
                if (!tags.TryGetValue(tag, out string? value) || !Fits(values, value))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool Fits(IReadOnlyList<string> globs, string text, bool ignoreCase = false)
    {
        for (int i = 0; i < globs.Count; i++)
        {
            if (FileSystemName.MatchesSimpleExpression(globs[i], text, ignoreCase))
            {
                return true;
            }
        }

        return globs.Count == 0;
    }
}
