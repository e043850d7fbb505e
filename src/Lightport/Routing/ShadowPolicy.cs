namespace Lightport.Routing;

/// <summary>Where copies of an entry's requests go, whose answers nobody gets.</summary>
/// <param name="Target">Who answers them.</param>
/// <param name="Part">The share of the requests that are copied: above 0, up to 1.</param>
public sealed record ShadowPolicy(Target Target, double Part);
