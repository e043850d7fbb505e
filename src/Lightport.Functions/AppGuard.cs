using Lightport.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Functions;

/// <summary>What a function app refuses of a configuration, wherever it comes from.</summary>
public static class AppGuard
{
    /// <summary>Looks now, and at every later version of the configuration before it is in force.</summary>
    /// <exception cref="InvalidOperationException">The configuration at hand is not to be served here.</exception>
    public static void GuardConfiguration(this IServiceProvider services)
    {
        IConfiguration settings = services.GetRequiredService<IConfiguration>();
        TimeSpan? functionTimeout = FunctionTimeout.Find(settings);
        ConfigurationGuard guard = services.GetRequiredService<ConfigurationGuard>();
        guard.Require(changed => PublicAddress.Refusal(changed.Admission.Mode, settings));
        guard.Require(changed => FunctionTimeout.Refusal(changed.Routing, functionTimeout));
        if (services.GetRequiredService<IGatewayConfigurationSource>().InForce is { } inForce
            && guard.Refusal(inForce) is { } refusal)
        {
            throw new InvalidOperationException(refusal);
        }
    }
}
