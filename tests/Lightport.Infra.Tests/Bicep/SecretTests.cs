using System.Text.RegularExpressions;

namespace Lightport.Infra.Tests.Bicep;

/// <summary>Nothing that a deployment writes down is a secret, and what has keys does not take them.</summary>
public sealed partial class SecretTests
{
    private const string KeysOutage = "LIGHTPORT_KEYS_OUTAGE";
    private const string AnswersKept = "LIGHTPORT_ANSWERS_KEPT";
    private const string SessionsKept = "LIGHTPORT_SESSIONS_KEPT";
    private const string UsageKept = "LIGHTPORT_USAGE_KEPT";
    private const string ReceiptsKept = "LIGHTPORT_RECEIPTS_KEPT";

    private static readonly string[] Locks =
    [
        "Microsoft.Storage/storageAccounts: properties.allowSharedKeyAccess = false",
        "Microsoft.Storage/storageAccounts: properties.allowBlobPublicAccess = false",
        "Microsoft.Storage/storageAccounts: properties.supportsHttpsTrafficOnly = true",
        "Microsoft.Storage/storageAccounts: properties.minimumTlsVersion = TLS1_2",
        "Microsoft.Insights/components: properties.DisableLocalAuth = true",
        "Microsoft.KeyVault/vaults: properties.enableRbacAuthorization = true",
        "Microsoft.KeyVault/vaults: properties.enableSoftDelete = true",
        "Microsoft.Web/sites: properties.httpsOnly = true",
        "Microsoft.Web/sites: identity.type = UserAssigned",
        "Microsoft.Web/sites: properties.siteConfig.ftpsState = Disabled",
        "Microsoft.Web/sites: properties.functionAppConfig.deployment.storage.authentication.type"
            + " = UserAssignedIdentity",
    ];

    /// <summary>Calls, decorators and resources by which a secret would come into a deployment.</summary>
    [Fact]
    public void Files_HandleNoSecret() => Rule.Holds(
        "A secret passes through the deployment:",
        from file in BicepFile.All
        from found in SecretHandling().Matches(file.Root.Text)
        select $"{file.Path}: {found.Value}");

    [Fact]
    public void Settings_AndOutputs_AreNamesAndAddresses() => Rule.Holds(
        "This may be a secret:",
        from name in AppSettings.All.Keys.Concat(BicepFile.All.SelectMany(file => file.Outputs.Keys))
        // Its key opens nothing: local authentication is off, as another test here has it.
        where name != "APPLICATIONINSIGHTS_CONNECTION_STRING"
        // The vault's name and address.
        where name is not ("AZURE_KEY_VAULT_NAME" or "KeyVault__Uri")
        // A duration.
        where name != KeysOutage
        where SecretName().IsMatch(name)
        select name);

    [Fact]
    public void Settings_AreTakenFromResources() => Rule.Holds(
        "A setting's value is no literal and no property of a resource:",
        from setting in AppSettings.All
        // Durations.
        where setting.Key is not (KeysOutage or AnswersKept or SessionsKept or UsageKept or ReceiptsKept)
        where !SafeValue().IsMatch(setting.Value)
        select $"{setting.Key}: {setting.Value}");

    [Fact]
    public void Resources_OpenToIdentitiesAlone() => Rule.Holds(
        "Not as it should be:",
        from wanted in Locks
        let parts = wanted.Split(": ", 2)
        let path = parts[1].Split(" = ")[0].Split('.')
        let resources = BicepFile.All.SelectMany(file => file.Resources)
            .Where(resource => !resource.IsExisting && resource.Type.Split('@')[0] == parts[0])
        where !resources.Any() || resources.Any(resource => resource.Text(path) != parts[1].Split(" = ")[1])
        select wanted);

    [Fact]
    public void Site_TakesNoPublishingPasswords() => Assert.Equal(
        [("ftp", "false"), ("scm", "false")],
        BicepFile.Of("infra/app/function.bicep").Resources
            .Where(resource => resource.Type == "basicPublishingCredentialsPolicies")
            .Select(resource => (resource.Text("name")!, resource.Text("properties", "allow")!)).Order());

    [Theory]
    [InlineData("infra/app/storage.bicep", "Microsoft.Storage/storageAccounts",
        "publicAccess ? 'Enabled' : 'Disabled'")]
    [InlineData("infra/app/vault.bicep", "Microsoft.KeyVault/vaults",
        "publicAccess || !empty(allowedAddress) ? 'Enabled' : 'Disabled'")]
    public void Resource_OfAPrivateNetwork_IsClosedToThePublic(string file, string type, string access)
    {
        BicepResource resource = BicepFile.Of(file).Resources
            .Single(found => found.Type.StartsWith(type + "@", StringComparison.Ordinal));

        Assert.Equal(access, resource.Text("properties", "publicNetworkAccess"));
        Assert.Equal("publicAccess ? 'Allow' : 'Deny'", resource.Text("properties", "networkAcls", "defaultAction"));
        Assert.Equal("None", resource.Text("properties", "networkAcls", "bypass"));
        Assert.Equal(
            "!privateNetwork",
            BicepFile.Main.Modules.Single(module => module.File == file).Parameters.Value("publicAccess")!.Text);
    }

    [Fact]
    public void PrivateNetwork_ReachesAllThatTheAppUses() => Assert.Equal(
        ["blob", "queue", "table", "vault"],
        BicepFile.Of("infra/app/network.bicep").Root.All("variable_declaration")
            .Single(node => BicepFile.Name(node) == "services").Child("array")!.Children
            .Where(child => child.Type == "object")
            .Select(service => service.Value("name")!.Unquoted).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\blist(Keys|Secrets|AccountSas)?\w*\(|getSecret\(|@secure\(\)|vaults/secrets|accessPolicies")]
    private static partial Regex SecretHandling();

    [GeneratedRegex("KEY|SECRET|PASSWORD|TOKEN$|CONNECTION_?STRING", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex(
        @"^(\w+\.properties\.[\w.]+|'[A-Za-z]+'|'[0-9]+'|'ClientId=\$\{identity\.properties\.clientId\};Authorization=AAD')$")]
    private static partial Regex SafeValue();
}
