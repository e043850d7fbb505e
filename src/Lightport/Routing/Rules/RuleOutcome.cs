namespace Lightport.Routing.Rules;

/// <summary>What a rule came to for one request.</summary>
internal enum RuleOutcome
{
    Matched,
    NotMatched,

    /// <summary>The condition holds, and the session is not in the rule's share.</summary>
    OutsideShare,

    /// <summary>The condition could not be evaluated.</summary>
    Failed,
}
