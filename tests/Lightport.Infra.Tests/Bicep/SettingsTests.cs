using System.Text.RegularExpressions;

namespace Lightport.Infra.Tests.Bicep;

/// <summary>Every setting that the code reads is set by the Bicep, and the other way round.</summary>
public sealed partial class SettingsTests
{
    /// <summary>Read by the code, and on purpose not set on Azure. Each with the reason.</summary>
    private static readonly Dictionary<string, string> NotOnAzure = new()
    {
        ["Tables__ConnectionString"] = "for Azurite, which knows no identities; on Azure it would be a secret",
        ["LIGHTPORT_KEY"] = "a client key in a setting is a secret in a setting; on Azure they are in a table",
        ["LIGHTPORT_ADMIN_KEY"] = "the admin key is in the vault",
        ["LIGHTPORT_METRICS"] = "a scraper meets one instance at a time; on Azure metrics leave by OTLP",
        ["LIGHTPORT_METRICS_TOKEN"] = "a secret; in the vault where it is wanted",
        ["LIGHTPORT_SEAL_KEY"] = "a secret; in the vault, where the provision hooks put it",
        ["LIGHTPORT_CONTEXT"] = "a folder; the app's own where it is not set",
        ["LIGHTPORT_CONFIG"] = "a file; on Azure the configuration is in a table",
        ["LIGHTPORT_PRICES"] = "a file; on Azure prices are overridden in the configuration",
        ["LIGHTPORT_DATA"] = "a folder; on Azure what Server keeps there is in tables",
        ["LIGHTPORT_LIMITS"] = "a folder; on Azure what was taken of limits is in a table",
        ["LIGHTPORT_BODY_BUDGET"] = "half of the instance's memory where it is not set",
        ["LIGHTPORT_TOKEN_HOSTS"] = "nobody beside Google where it is not set",
        ["LIGHTPORT_MCP_PROGRAM"] = "told to programs that the gateway starts; on Azure it starts none",
        ["LIGHTPORT_DRAIN"] = "Server's; the host has a time of its own for a stop",
    };

    /// <summary>Set by the Bicep for others than our code. Each with who reads it.</summary>
    private static readonly Dictionary<string, string> ReadByOthers = new()
    {
        ["AzureWebJobsStorage__credential"] = "the Functions host",
        ["AzureWebJobsStorage__clientId"] = "the Functions host",
        ["AzureWebJobsStorage__blobServiceUri"] = "the Functions host",
        ["AzureWebJobsStorage__queueServiceUri"] = "the Functions host",
        ["AzureWebJobsStorage__tableServiceUri"] = "the Functions host",
        ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "the Functions host",
        ["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] = "the Functions host",
        ["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"] = "the Functions host",
        ["AZURE_CLIENT_ID"] = "Azure.Identity",
        ["AZURE_TOKEN_CREDENTIALS"] = "Azure.Identity",
    };

    /// <summary>As app settings are spelled. The command line runs on no Azure; its own settings are its own.</summary>
    private static HashSet<string> ReadByTheCode { get; } =
    [
        .. from path in Repository.Files("src", "*.cs")
           where !path.StartsWith("src/Lightport.Cli/", StringComparison.Ordinal)
           from found in SettingName().Matches(Repository.Read(path))
           let name = found.Groups["any"].Success ? found.Groups["any"].Value : found.Groups["own"].Value
           select name.Replace(":", "__", StringComparison.Ordinal),
    ];

    [Fact]
    public void Settings_ReadByTheCode_AreSetOnAzureOrNotForAReason() => Rule.Holds(
        "The code reads a setting that infra/app/function.bicep does not set:",
        ReadByTheCode.Where(name => !AppSettings.All.ContainsKey(name) && !NotOnAzure.ContainsKey(name)));

    [Fact]
    public void Settings_SetOnAzure_AreReadBySomebody() => Rule.Holds(
        "infra/app/function.bicep sets what nobody reads:",
        AppSettings.All.Keys.Where(name => !ReadByTheCode.Contains(name) && !ReadByOthers.ContainsKey(name)));

    [Fact]
    public void Settings_NotForAzure_AreReadAndNotSetThere() => Rule.Holds(
        "Set on Azure, or read by nothing any more:",
        NotOnAzure.Keys.Where(name => AppSettings.All.ContainsKey(name) || !ReadByTheCode.Contains(name)));

    [Fact]
    public void Settings_OfOthers_AreSet() => Rule.Holds(
        "Named here and not set by infra/app/function.bicep:",
        ReadByOthers.Keys.Where(name => !AppSettings.All.ContainsKey(name)));

    [GeneratedRegex(@"\wSetting = ""(?<any>[^""]+)""|""(?<own>LIGHTPORT_[A-Z_]+)""")]
    private static partial Regex SettingName();
}
