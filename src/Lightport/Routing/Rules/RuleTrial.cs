namespace Lightport.Routing.Rules;

/// <summary>A rule that was tried. Nothing of the request's content is in it.</summary>
internal readonly record struct RuleTrial(RouteRule Rule, RuleOutcome Outcome);
