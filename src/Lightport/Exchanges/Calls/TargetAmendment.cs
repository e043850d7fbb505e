using Lightport.Dialects;
using Lightport.Exchanges.Preferences;
using Lightport.Routing;
using Lightport.Transport.Body;

namespace Lightport.Exchanges;

/// <summary>
/// What the provider and the model do not take as the dialect has it, then what the target always gets.
/// </summary>
/// <param name="keepsPreferences">What the request says of where it wants to go has been kept to by now, and the
/// target is not told.</param>
/// <param name="output">The most tokens of the answer, where a limit sets them.</param>
internal sealed class TargetAmendment(
    CallPlan plan, LossLedger losses, bool keepsPreferences, OutputSetting? output) : IBodyAmendment
{
    /// <summary>Null where the target takes the dialect as it is.</summary>
    public static TargetAmendment? Of(
        CallPlan plan, LossLedger losses, bool keepsPreferences, OutputSetting? output = null) =>
        plan.Rules.Rules.Count > 0 || plan.Overrides.Count > 0 || keepsPreferences || output is not null
            ? new TargetAmendment(plan, losses, keepsPreferences, output)
            : null;

    public void Apply(BodyPatch patch)
    {
        output?.Apply(patch);
        if (keepsPreferences)
        {
            foreach (string field in RoutingFields.All)
            {
                patch.Remove(field);
            }
        }

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
