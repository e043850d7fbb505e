using System.Text.RegularExpressions;
using Lightport.Infra.Tests.Bicep;
using YamlDotNet.RepresentationModel;

namespace Lightport.Infra.Tests.Azd;

/// <summary>azure.yaml, held to what azd's schema says of the parts that it uses.</summary>
public sealed partial class AzureYamlTests
{
    // https://raw.githubusercontent.com/Azure/azure-dev/main/schemas/v1.0/azure.yaml.json
    private static readonly string[] Top =
    [
        "cloud", "hooks", "infra", "metadata", "name", "pipeline", "platform", "requiredVersions", "resourceGroup",
        "resources", "services", "state", "workflows",
    ];

    private static readonly string[] Service =
        ["config", "dist", "env", "hooks", "host", "language", "module", "project", "resourceName"];

    private static readonly string[] Events =
    [
        "postdeploy", "postdown", "postinfracreate", "postinfradelete", "postpackage", "postprovision", "postpublish",
        "postrestore", "postup", "predeploy", "predown", "preinfracreate", "preinfradelete", "prepackage",
        "preprovision", "prepublish", "prerestore", "preup",
    ];

    private static readonly string[] Pipeline = ["provider", "secrets", "variables"];

    private static readonly string[] Hook = ["continueOnError", "interactive", "run", "secrets", "shell"];

    /// <summary>What azd keeps of its own in an environment, or a pipeline's machine has.</summary>
    private static readonly string[] OfTheSurroundings =
        ["AZURE_ENV_NAME", "AZURE_SUBSCRIPTION_ID", "AZURE_PRINCIPAL_ID"];

    private static YamlMappingNode File { get; } = Yaml.Load("azure.yaml");

    [Fact]
    public void Keys_AreTheSchemas()
    {
        Assert.Empty(File.Keys().Except(Top));
        Assert.Matches("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", File.Text("name"));
        Assert.Empty(File.Entries("services").SelectMany(service => service.Value.Keys()).Except(Service));
        Assert.Empty(File.Keys("hooks").Except(Events));
        Assert.Empty(File.Keys("pipeline").Except(Pipeline));
    }

    [Fact]
    public void Service_IsTheFunctionAppOfTheTemplate()
    {
        KeyValuePair<string, YamlNode> service = Assert.Single(File.Entries("services"));

        Assert.Equal("function", service.Value.Text("host"));
        Assert.Equal("dotnet", service.Value.Text("language"));
        Assert.True(Repository.Has($"{service.Value.Text("project")!}/Lightport.Functions.csproj"));
        Assert.Contains(
            $"'azd-service-name': '{service.Key}'",
            BicepFile.Of("infra/app/function.bicep").Resources.Single(found => found.Symbol == "app").Text("tags"),
            StringComparison.Ordinal);
    }

    /// <summary>`azd pipeline config` makes variables of the repository of them.</summary>
    [Fact]
    public void Options_AreTakenIntoThePipeline() => Assert.Equal(
        ParameterFile.Options.Order(StringComparer.Ordinal),
        File.Items("pipeline", "variables").Select(node => node.ToString()).Order(StringComparer.Ordinal));

    [Fact]
    public void Hooks_AreThereForBothKindsOfSystem() => Rule.Holds(
        "A hook:",
        from hook in File.Entries("hooks")
        from system in (string[])["posix", "windows"]
        let found = hook.Value.At(system)
        let shell = system == "posix" ? "sh" : "pwsh"
        let ending = system == "posix" ? ".sh" : ".ps1"
        where found is null
            || found.Keys().Except(Hook).Any()
            || hook.Value.Keys().Count() != 2
            || found.Text("shell") != shell
            || found.Text("run") != $"./infra/hooks/{hook.Key}{ending}"
            || !Repository.Has(found.Text("run")!)
        select $"{hook.Key}, {system}: {found}");

    /// <summary>azd runs a script as a program.</summary>
    [Fact]
    public void Hooks_AreExecutable() => Rule.Holds(
        "git update-index --chmod=+x",
        from hook in File.Keys("hooks")
        let path = Repository.Full($"infra/hooks/{hook}.sh")
        where !OperatingSystem.IsWindows() && !System.IO.File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute)
        select path);

    [Fact]
    public void Hooks_ReadOnlyWhatTheTemplatePutsOut() => Rule.Holds(
        "A hook reads what is neither an output of infra/main.bicep nor azd's own:",
        from path in Repository.Files("infra/hooks", "*")
        from name in Read().Matches(Repository.Read(path)).Select(match => match.Value)
        where !BicepFile.Main.Outputs.ContainsKey(name) && !OfTheSurroundings.Contains(name)
        select $"{path}: {name}");

    [GeneratedRegex(@"\b(AZURE|SERVICE)_[A-Z_]+\b|\bLIGHTPORT_URL\b")]
    private static partial Regex Read();
}
