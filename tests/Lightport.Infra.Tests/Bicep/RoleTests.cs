using System.Text.RegularExpressions;

namespace Lightport.Infra.Tests.Bicep;

/// <summary>Every role that is needed is granted, and no other.</summary>
public sealed class RoleTests
{
    /// <summary>https://learn.microsoft.com/azure/role-based-access-control/built-in-roles</summary>
    private static readonly Dictionary<string, string> Ids = new()
    {
        ["storageBlobDataOwner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        ["storageTableDataContributor"] = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
        ["keyVaultSecretsUser"] = "4633458b-17de-408a-b874-0445c86b69e6",
        ["keyVaultSecretsOfficer"] = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
        ["monitoringMetricsPublisher"] = "3913510d-42f4-4e42-8a64-420c390055eb",
        ["cognitiveServicesOpenAIUser"] = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd",
    };

    private static BicepFile Rbac => BicepFile.Of("infra/app/rbac.bicep");

    /// <summary>Who, where, which role.</summary>
    private static IEnumerable<(string Principal, string Scope, string Role)> Granted =>
        from resource in BicepFile.All.SelectMany(file => file.Resources)
        where resource.Type.StartsWith("Microsoft.Authorization/roleAssignments@", StringComparison.Ordinal)
        select (
            resource.Text("properties", "principalId")!,
            resource.Text("scope")!,
            Regex.Match(resource.Text("properties", "roleDefinitionId")!, @"roles\.(\w+)").Groups[1].Value);

    [Fact]
    public void Roles_HaveTheIdsOfTheirNames() => Assert.Equal(
        Ids,
        BicepFile.All.SelectMany(file => file.Root.All("variable_declaration"))
            .Where(node => BicepFile.Name(node) == "roles")
            .SelectMany(node => node.Child("object")!.Properties())
            .ToDictionary(role => role.Key, role => role.Value.Unquoted));

    [Fact]
    public void Roles_OfTheApp_AreThoseThatItNeeds() => Assert.Equal(
        Needed().Order(),
        Granted.Where(grant => grant.Principal == "identity.properties.principalId")
            .Select(grant => (grant.Scope, grant.Role)).Order());

    [Fact]
    public void Roles_OfWhoeverDeploys_AreTheVaultsSecretsAlone() => Assert.Equal(
        [("principalId", "vault", "keyVaultSecretsOfficer")],
        Granted.Where(grant => grant.Principal != "identity.properties.principalId"));

    [Fact]
    public void Roles_OfNobody_AreNotGranted() => Assert.True(
        Rbac.Resources.Single(resource => resource.Text("properties", "principalId") == "principalId").IsConditional);

    /// <summary>A grant whose name leaves out what it is made of would be one with another's.</summary>
    [Fact]
    public void Grants_AreNamedAfterScopePrincipalAndRole() => Rule.Holds(
        "The name of a role assignment:",
        from resource in BicepFile.All.SelectMany(file => file.Resources)
        where resource.Type.StartsWith("Microsoft.Authorization/roleAssignments@", StringComparison.Ordinal)
        let principal = resource.Text("properties", "principalId") == "principalId" ? "principalId" : "identity.id"
        let role = Regex.Match(resource.Text("properties", "roleDefinitionId")!, @"roles\.\w+").Value
        where resource.Text("name") != $"guid({resource.Text("scope")}.id, {principal}, {role})"
        select $"{resource.Symbol}: {resource.Text("name")}");

    /// <summary>Which client or setting asks for which role.</summary>
    private static IEnumerable<(string Scope, string Role)> Needed()
    {
        string code = string.Join('\n', Repository.Files("src", "*.cs").Select(Repository.Read));
        if (code.Contains("new SecretClient(", StringComparison.Ordinal))
        {
            yield return ("vault", "keyVaultSecretsUser");
        }

        if (code.Contains("new EntraTokenSource(", StringComparison.Ordinal))
        {
            yield return ("account", "cognitiveServicesOpenAIUser");
        }

        if (Regex.IsMatch(code, @"new Table(Service)?Client\("))
        {
            yield return ("storage", "storageTableDataContributor");
        }

        // https://learn.microsoft.com/azure/azure-functions/functions-reference, «host storage with an identity»
        if (AppSettings.All.ContainsKey("AzureWebJobsStorage__blobServiceUri"))
        {
            yield return ("storage", "storageBlobDataOwner");
        }

        if (AppSettings.All.ContainsKey("APPLICATIONINSIGHTS_AUTHENTICATION_STRING"))
        {
            yield return ("insights", "monitoringMetricsPublisher");
        }
    }
}
