using Lightport.Admission;
using Lightport.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Functions;

/// <summary>A function app is on the internet and its doors are anonymous, so the gateway must ask for keys.</summary>
public static class PublicAddress
{
    /// <summary>The app's name on the internet; <c>localhost:7071</c> under Core Tools.</summary>
    /// <seealso href="https://learn.microsoft.com/azure/app-service/reference-app-settings"/>
    private const string HostNameVariable = "WEBSITE_HOSTNAME";

    /// <summary>Looks now, and at every later version of the configuration before it is in force.</summary>
    /// <exception cref="InvalidOperationException">No key is asked for, and others can reach this app.</exception>
    public static void RefuseToServeEveryone(this IServiceProvider services)
    {
        ConfigurationGuard guard = services.GetRequiredService<ConfigurationGuard>();
        string? name = services.GetRequiredService<IConfiguration>()[HostNameVariable];
        guard.Refusal = changed => Refusal(changed.Admission.Mode, name);
        if (services.GetRequiredService<IGatewayConfigurationSource>().InForce is { } inForce
            && guard.Refusal(inForce) is { } refusal)
        {
            throw new InvalidOperationException(refusal);
        }
    }

    /// <summary>An app that does not know its name is taken to be reachable.</summary>
    internal static string? Refusal(AdmissionMode mode, string? hostName) =>
        ListenAddresses.Refusal(mode, [$"http://{(string.IsNullOrEmpty(hostName) ? "*" : hostName)}"]);
}
