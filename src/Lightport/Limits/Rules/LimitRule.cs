using Lightport.Storage;

namespace Lightport.Limits.Rules;

/// <summary>A limit as it is written: how much of which measures, for whom, and what happens then.</summary>
/// <param name="Name">As refusals and alerts call it.</param>
/// <param name="Per">Who has a counter of their own.</param>
internal sealed record LimitRule(string Name, LimitSubject Per, LimitAmounts Amounts)
{
    /// <summary>What the limit that a key brings itself is called.</summary>
    public const string OfKey = "key";

    /// <summary>The shares of a budget at which is told, in percent.</summary>
    public static IReadOnlyList<int> UsualAlerts { get; } = [50, 80, 100];

    /// <summary>The tag whose values are counted apart; null unless <see cref="LimitSubject.Tag"/>.</summary>
    public string? Tag { get; init; }

    public LimitMatch Match { get; init; } = LimitMatch.Everything;

    public LimitEffect Then { get; init; } = LimitEffect.Refuse;

    /// <summary>Where requests go instead; null unless <see cref="LimitEffect.Route"/>.</summary>
    public string? Route { get; init; }

    /// <summary>In percent of a budget, from low to high.</summary>
    public IReadOnlyList<int> Alerts { get; init; } = UsualAlerts;

    /// <summary>
    /// Whether requests are let in while nobody can say how much is left; null for each measure's own: money is kept
    /// together, rates are not worth an outage.
    /// </summary>
    public bool? OpenWhenUnknown { get; init; }

    /// <summary>It never refuses.</summary>
    public bool IsSoft => Then != LimitEffect.Refuse;

    /// <summary>It is known only when a target is asked whether it is meant.</summary>
    public bool IsOfTarget => Per is LimitSubject.Model or LimitSubject.Provider || Match.NamesTarget;

    /// <summary>What a key or an identity brings itself.</summary>
    public static LimitRule Of(LimitAmounts amounts) => new(OfKey, LimitSubject.Key, amounts);
}
