using Lightport.Bench.Routing.Upstreams;
using Lightport.Providers;
using Lightport.Routing;

namespace Lightport.Bench.Routing.Contenders;

/// <summary>Says of an upstream what a configuration would.</summary>
internal static class SimulatedTargets
{
    private static readonly Uri Nowhere = new("https://example.com");

    public static Target Of(UpstreamPlan plan) => new(Provider(plan.Name, plan.Maker), plan.Model)
    {
        Weight = plan.Weight,
    };

    private static ConfiguredProvider Provider(string name, string maker) => new(
        name,
        new Provider
        {
            Id = maker,
            Name = name,
            Source = Nowhere,
            BaseUrl = $"https://{name}.example.com",
            Authentication = new ProviderAuthentication(AuthenticationScheme.None, null),
            Endpoints = new Dictionary<string, ProviderEndpoint> { ["openai-chat"] = new("/chat/completions") },
        },
        SecretName: null);
}
