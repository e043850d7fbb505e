using Lightport.Cel;

namespace Lightport.Routing.Rules;

/// <summary>One request's way through the rules.</summary>
/// <param name="bindings">Of <see cref="RuleLanguage.Environment"/>.</param>
/// <param name="meter">Pays for all conditions together; once it is spent, each further one is an error.</param>
/// <param name="request">Tells which side of a share its session is on.</param>
internal sealed class RuleRun(CelBindings bindings, CelMeter meter, IRoutedRequest request)
{
    private List<string>? _failed;

    /// <summary>The rules whose conditions could not be evaluated, by name.</summary>
    public IReadOnlyList<string> Failed => _failed ?? (IReadOnlyList<string>)[];

    /// <summary>Every rule that was tried; null where nobody asks.</summary>
    public List<RuleTrial>? Trials { get; init; }

    /// <summary>The rule whose condition failed, and that refuses the request for it; null where none does.</summary>
    public RouteRule? Refusing { get; private set; }

    /// <summary>The first rule that the request meets; null where it meets none, or one refuses it.</summary>
    public RouteRule? First(RuleList rules)
    {
        for (int i = 0; i < rules.All.Count; i++)
        {
            RouteRule rule = rules.All[i];
            RuleOutcome outcome = Try(rule);
            Trials?.Add(new RuleTrial(rule, outcome));
            switch (outcome)
            {
                case RuleOutcome.Matched:
                    return rule;
                case RuleOutcome.Failed:
                    (_failed ??= []).Add(rule.Name);
                    if (rule.OnError == RuleFailure.Deny)
                    {
                        Refusing = rule;
                        return null;
                    }

                    break;
            }
        }

        return null;
    }

    private RuleOutcome Try(RouteRule rule)
    {
        CelValue value = rule.Condition.Evaluate(bindings, meter);
        return value.IsFalse ? RuleOutcome.NotMatched
            : !value.IsTrue ? RuleOutcome.Failed
            : rule.Share is { } share && !share.Has(request.Affinity) ? RuleOutcome.OutsideShare
            : RuleOutcome.Matched;
    }
}
