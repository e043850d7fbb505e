namespace Lightport.Routing.Rules;

/// <summary>What a rule does with a request that its condition cannot be evaluated for.</summary>
internal enum RuleFailure
{
    /// <summary>The request is refused.</summary>
    Deny,

    /// <summary>The rule is passed over, and the next one is asked.</summary>
    Next,
}
