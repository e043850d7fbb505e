using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Lightport.Infra.Tests.Workflows;

/// <summary>What a workflow installs is named to the last digit, and no package runs a script on the way in.</summary>
public sealed partial class ToolTests
{
    /// <summary>Packages that are nothing without their script. Each with the reason.</summary>
    private static readonly Dictionary<string, string> NeedsItsScript = new()
    {
        ["azure-functions-core-tools"] = "the package holds no host, and fetches the one of its own version",
    };

    private static IEnumerable<(string Path, string Script)> Scripts =>
        WorkflowFile.All.SelectMany(workflow =>
                workflow.Steps.Select(step => step.Text("run")).OfType<string>()
                    .Select(script => (workflow.Path, script)))
            .Concat(Repository.Files("eng", "*.sh").Select(path => (path, Repository.Read(path))));

    [Fact]
    public void Machines_AreNamedByVersion() => Rule.Holds(
        "A machine of no version:",
        from workflow in WorkflowFile.All
        from job in workflow.Jobs
        where !Machine().IsMatch(job.Value.Text("runs-on") ?? "")
        select $"{workflow.Path}, {job.Key}: {job.Value.Text("runs-on")}");

    [Fact]
    public void Versions_ThatActionsInstall_AreExact() => Rule.Holds(
        "An action installs some version or other:",
        from workflow in WorkflowFile.All
        from step in workflow.Steps
        let action = step.Text("uses")?.Split('@')[0]
        let version = action switch
        {
            "actions/setup-node" => step.Text("with", "node-version"),
            "Azure/setup-azd" => step.Text("with", "version"),
            "actions/setup-dotnet" => step.Text("with", "global-json-file") == "global.json" ? "0.0.0" : null,
            _ => "0.0.0",
        }
        where !Exact().IsMatch(version ?? "")
        select $"{workflow.Path}: {action} {version}");

    [Fact]
    public void NodePackages_OfLockFiles_RunNoScripts() => Rule.Holds(
        "npm ci without --ignore-scripts:",
        from script in Scripts
        from line in script.Script.Split('\n')
        where line.Contains("npm ci ", StringComparison.Ordinal) && !line.TrimStart().StartsWith('#')
        where line.Contains("--prefix", StringComparison.Ordinal)
        where !line.Contains("--ignore-scripts", StringComparison.Ordinal)
        select $"{script.Path}: {line.Trim()}");

    [Fact]
    public void NodePackages_WithoutALockFile_AreExactAndRunNoScripts() => Rule.Holds(
        "npm install of some version or other, or with scripts:",
        from script in Scripts
        from found in Install().Matches(script.Script)
        let package = found.Groups["package"].Value
        where !Exact().IsMatch(found.Groups["version"].Value)
            || !(NeedsItsScript.ContainsKey(package)
                || found.Value.Contains("--ignore-scripts", StringComparison.Ordinal))
        select $"{script.Path}: {found.Value}");

    /// <summary>A container's tag can be moved, so what a lock file can hold is taken from there.</summary>
    [Fact]
    public void Services_AreNoContainersOfAnyVersion() => Rule.Holds(
        "A service's image at no exact version:",
        from workflow in WorkflowFile.All
        from job in workflow.Jobs
        from service in job.Value.Entries("services")
        let image = service.Value.Text("image") ?? ""
        where !Exact().IsMatch(image[(image.LastIndexOf(':') + 1)..])
        select $"{workflow.Path}, {job.Key}: {image}");

    [Theory]
    [InlineData(".github/workflows/ci.yml")]
    [InlineData(".github/workflows/release.yml")]
    [InlineData(".github/workflows/azure-dev.yml")]
    public void Restores_AreLockedAndAudited(string path)
    {
        YamlMappingNode workflow = Yaml.Load(path);

        Assert.Equal("true", workflow.Text("env", "RestoreLockedMode"));
        Assert.Equal("true", workflow.Text("env", "AuditMustAnswer"));
    }

    [GeneratedRegex(@"^[a-z]+-\d+\.\d+(-arm)?$")]
    private static partial Regex Machine();

    [GeneratedRegex(@"^\d+\.\d+\.\d+$")]
    private static partial Regex Exact();

    [GeneratedRegex(@"npm (install|i|pack) (?:--?[\w=-]+ )*(?<package>@?[\w/.-]+)@(?<version>[\w.^~-]+)[^\n]*")]
    private static partial Regex Install();
}
