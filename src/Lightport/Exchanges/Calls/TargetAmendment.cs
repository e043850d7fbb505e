using Lightport.Dialects;
using Lightport.Routing;
using Lightport.Transport.Body;

namespace Lightport.Exchanges;

/// <summary>
/// What the provider and the model do not take as the dialect has it, then what the target always gets.
/// </summary>
internal sealed class TargetAmendment(CallPlan plan, LossLedger losses) : IBodyAmendment
{
    /// <summary>Null where the target takes the dialect as it is.</summary>
    public static TargetAmendment? Of(CallPlan plan, LossLedger losses) =>
        plan.Rules.Rules.Count > 0 || plan.Overrides.Count > 0 ? new TargetAmendment(plan, losses) : null;

    public void Apply(BodyPatch patch)
    {
        if (plan.Rules.Rules.Count > 0)
        {
            ParameterRulesApplier.Apply(plan.Rules, patch, losses.Drop, losses.Reject);
        }

        foreach ((string field, byte[] value) in plan.Overrides)
        {
            patch.Set(field, value);
        }
    }
}
