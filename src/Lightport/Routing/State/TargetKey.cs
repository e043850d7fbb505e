namespace Lightport.Routing.State;

/// <summary>What a target is, whichever configuration names it.</summary>
/// <param name="Provider">The provider's name in the configuration.</param>
/// <param name="BaseAddress">Where it is: another place is another target.</param>
/// <param name="Model">The model's name there.</param>
public readonly record struct TargetKey(string Provider, string BaseAddress, string Model)
{
    public static TargetKey Of(Target target) =>
        new(target.Provider.Name, target.Provider.Provider.BaseUrl, target.Model);
}
