namespace Lightport.Providers;

/// <summary>What holds for a model at one endpoint.</summary>
/// <param name="Traits">What it takes there.</param>
/// <param name="Parameters">The endpoint's rules, then those of the model's family.</param>
internal sealed record EndpointModel(Traits Traits, ParameterRules Parameters);
