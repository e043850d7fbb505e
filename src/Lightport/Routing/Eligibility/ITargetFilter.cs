namespace Lightport.Routing.Eligibility;

/// <summary>Knows one reason for which a target need not be asked.</summary>
internal interface ITargetFilter
{
    /// <summary>What its reason does to a target.</summary>
    FilterEffect Effect { get; }

    /// <summary>Why this target is passed over, as a sentence for the client; null where it is not.</summary>
    string? WhyNot(Target target, in SelectionFacts request);
}
