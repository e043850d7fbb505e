using Lightport.Conformance.Upstreams;

namespace Lightport.Conformance.Running;

/// <summary>A model that the gateway must route to one of the scripted providers.</summary>
/// <param name="Model">The name that clients ask for.</param>
/// <param name="Dialect">What the provider speaks.</param>
/// <param name="BaseAddress">The provider's base address, as its vendor's clients are given it.</param>
/// <param name="UpstreamModel">The model's name at the provider.</param>
public sealed record RoutedModel(string Model, string Dialect, string BaseAddress, string UpstreamModel)
{
    /// <summary>The name of the model by which a provider is reached.</summary>
    internal static string NameOf(UpstreamScript provider) => "conform-" + provider.Dialect;

    internal static RoutedModel Of(UpstreamScript provider, string address) => new(
        NameOf(provider), provider.Dialect, $"{address}/{provider.Dialect}{provider.Root}", provider.Model);
}
