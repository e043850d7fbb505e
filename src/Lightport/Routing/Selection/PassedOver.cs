namespace Lightport.Routing.Selection;

/// <summary>A target that a request could not go to, and was not tried at.</summary>
/// <param name="Reason">Why, in a sentence for the client.</param>
internal sealed record PassedOver(Target Target, string Reason);
