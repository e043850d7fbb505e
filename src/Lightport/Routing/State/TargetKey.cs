namespace Lightport.Routing.State;

/// <summary>What a target is, whichever configuration names it.</summary>
/// <param name="Provider">The provider's name in the configuration.</param>
/// <param name="BaseAddress">Where it is: another place is another target.</param>
/// <param name="Model">The model's name there.</param>
/// <param name="Account">Which of the provider's accounts is asked; null where it has but one.</param>
public readonly record struct TargetKey(string Provider, string BaseAddress, string Model, string? Account = null)
{
    public static TargetKey Of(Target target) => new(
        target.Provider.Name, target.Provider.Provider.BaseUrl, target.Model, target.Provider.Account?.Name);
}
