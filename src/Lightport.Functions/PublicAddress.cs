using Lightport.Admission;
using Microsoft.Extensions.Configuration;

namespace Lightport.Functions;

/// <summary>A function app is on the internet and its doors are anonymous, so the gateway must ask for keys.</summary>
public static class PublicAddress
{
    /// <summary>The app's name on the internet; <c>localhost:7071</c> under Core Tools.</summary>
    /// <seealso href="https://learn.microsoft.com/azure/app-service/reference-app-settings"/>
    private const string HostNameVariable = "WEBSITE_HOSTNAME";

    /// <summary>Whether this app runs under Core Tools, on one machine.</summary>
    public static bool IsLocal(this IConfiguration settings) => IsLocal(settings[HostNameVariable]);

    internal static string? Refusal(AdmissionMode mode, IConfiguration settings) =>
        Refusal(mode, settings[HostNameVariable]);

    internal static string? Refusal(AdmissionMode mode, string? hostName) =>
        mode != AdmissionMode.Open || IsLocal(hostName) ? null
            : "Refusing to serve without asking for keys: anyone on the internet would spend your providers' money. "
                + "Remove 'admission: { mode: open }', and have client keys made (Tables__Uri), list them under 'keys' "
                + "in lightport.yaml, or set LIGHTPORT_KEY.";

    /// <summary>An app that does not know its name is taken to be reachable.</summary>
    private static bool IsLocal(string? hostName) =>
        !string.IsNullOrEmpty(hostName)
        && ListenAddresses.Refusal(AdmissionMode.Open, [$"http://{hostName}"]) is null;
}
