using Lightport.Routing.Eligibility;

namespace Lightport.Routing.Selection;

/// <summary>A target that a request does not go to, or only when all others have failed.</summary>
/// <param name="Reason">Why, in a sentence for the client.</param>
/// <param name="Effect">What the reason does to it.</param>
internal sealed record PassedOver(Target Target, string Reason, FilterEffect Effect)
{
    /// <summary>As errors and traces tell it.</summary>
    public override string ToString() => $"{Target}: {Reason}";
}
