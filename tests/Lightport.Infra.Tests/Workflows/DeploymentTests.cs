using System.Text.RegularExpressions;
using Lightport.Infra.Tests.Azd;
using YamlDotNet.RepresentationModel;

namespace Lightport.Infra.Tests.Workflows;

/// <summary>A deployment by a workflow is the one that people would make, and waits for their word.</summary>
public sealed partial class DeploymentTests
{
    /// <summary>What the machine, the credentials or azd itself know without being told.</summary>
    private static readonly string[] KnownToAzd = ["AZURE_PRINCIPAL_ID"];

    private static YamlNode Deploy { get; } = WorkflowFile.All
        .Single(workflow => workflow.Path.EndsWith("/azure-dev.yml", StringComparison.Ordinal))
        .Jobs.Single().Value;

    /// <summary>An option that is left out has its default, which opens a private network to the public.</summary>
    [Fact]
    public void Parameters_AreAllHandedOver() => Rule.Holds(
        "infra/main.parameters.json takes a variable that azure-dev.yml does not hand over:",
        ParameterFile.Variables.Except(KnownToAzd).Where(name => Deploy.Text("env", name) is null));

    [Fact]
    public void Options_AreVariablesOfTheirNames() => Rule.Holds(
        "An option that is not the variable of its name:",
        from name in ParameterFile.Options
        where Deploy.Text("env", name) != $"${{{{ vars.{name} }}}}"
        select $"{name}: {Deploy.Text("env", name)}");

    [Fact]
    public void Deployment_IsOfTheEnvironmentThatItIsApprovedFor() =>
        Assert.Equal(Deploy.Text("env", "AZURE_ENV_NAME"), Deploy.Text("environment"));

    /// <summary>An environment can ask for a person's approval, and its secrets and identities are its own.</summary>
    [Fact]
    public void Jobs_ThatPublish_HaveAnEnvironment() => Rule.Holds(
        "A job that deploys or publishes, without an environment:",
        from workflow in WorkflowFile.All
        from job in workflow.Jobs
        let steps = string.Join('\n', job.Value.Items("steps").Select(step => step.ToString()))
        where Publishes().IsMatch(steps) && job.Value.At("environment") is null
        select $"{workflow.Path}: {job.Key}");

    [GeneratedRegex(@"azd (provision|deploy|up)|azure/login@|gh release create|nuget push|\bpush, true",
        RegexOptions.IgnoreCase)]
    private static partial Regex Publishes();
}
