using System.Text.RegularExpressions;

namespace Lightport.Infra.Tests.Workflows;

/// <summary>The workflows hold as little as they can, and name only what is there.</summary>
public sealed partial class WorkflowTests
{
    /// <summary>What a workflow makes before it names it.</summary>
    private static readonly string[] Made = ["src/Lightport.Functions/bin/Release/net10.0"];

    [Fact]
    public void Workflows_AreTheThree() => Assert.Equal(
        [".github/workflows/azure-dev.yml", ".github/workflows/ci.yml", ".github/workflows/release.yml"],
        WorkflowFile.All.Select(workflow => workflow.Path));

    /// <summary>A job that needs more says so itself.</summary>
    [Fact]
    public void Permissions_OfAWorkflow_AreToReadTheCode() => Rule.Holds(
        "The workflow's permissions are not `contents: read`:",
        from workflow in WorkflowFile.All
        where workflow.Root.Text("permissions", "contents") != "read" || workflow.Root.Keys("permissions").Count() != 1
        select workflow.Path);

    [Fact]
    public void Permissions_OfAJob_AreThoseThatItsStepsUse() => Rule.Holds(
        "A job may write what none of its steps writes:",
        from workflow in WorkflowFile.All
        from job in workflow.Jobs
        from permission in job.Value.Entries("permissions")
        where permission.Value.ToString() == "write"
        let steps = string.Join('\n', job.Value.Items("steps").Select(step => step.ToString()))
        where !Regex.IsMatch(steps, UseOf(permission.Key))
        select $"{workflow.Path}, {job.Key}: {permission.Key}");

    /// <summary>A tag can be moved to other code, a commit cannot; people and Dependabot read the comment.</summary>
    [Fact]
    public void Actions_ArePinnedByCommit() => Rule.Holds(
        "Not `owner/action@<commit> # v1.2.3`:",
        from workflow in WorkflowFile.All
        from line in Repository.Read(workflow.Path).Split('\n')
        where Uses().IsMatch(line) && !Pinned().IsMatch(line)
        select $"{workflow.Path}: {line.Trim()}");

    [Fact]
    public void Actions_AreOneVersionEach() => Rule.Holds(
        "An action at two versions:",
        from action in WorkflowFile.All.SelectMany(workflow => workflow.Actions).Distinct()
        group action by action.Split('@')[0] into versions
        where versions.Count() > 1
        select string.Join(", ", versions));

    [Fact]
    public void Checkouts_LeaveNoCredentialBehind() => Rule.Holds(
        "A checkout that keeps its token in the work tree:",
        from workflow in WorkflowFile.All
        from step in workflow.Steps
        where step.Text("uses")?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true
        where step.Text("with", "persist-credentials") != "false"
        select workflow.Path);

    [Fact]
    public void Jobs_EndInTime() => Rule.Holds(
        "A job without timeout-minutes:",
        from workflow in WorkflowFile.All
        from job in workflow.Jobs
        where !int.TryParse(job.Value.Text("timeout-minutes"), out int minutes) || minutes > 60
        select $"{workflow.Path}: {job.Key}");

    /// <summary>A branch's or a tag's name in a script is a way to run what it says; a variable holds it.</summary>
    [Fact]
    public void Scripts_TakeNothingOfTheEventAsText() => Rule.Holds(
        "An expression inside a script:",
        from workflow in WorkflowFile.All
        from step in workflow.Steps
        from expression in Expression().Matches(step.Text("run") ?? "")
        select $"{workflow.Path}: {expression.Value}");

    [Fact]
    public void Paths_OfOurs_AreThere() => Rule.Holds(
        "Named by a workflow and not in the repository:",
        from workflow in WorkflowFile.All
        from text in workflow.Texts
        from path in OwnPath().Matches(text).Select(match => match.Value.TrimEnd('.', '/'))
        where !Made.Contains(path) && !IsThere(path)
        select $"{workflow.Path}: {path}");

    [Fact]
    public void Dependabot_WatchesEveryKindOfDependency()
    {
        var file = Yaml.Load(".github/dependabot.yml");

        Assert.Equal(
            ["docker", "github-actions", "npm", "nuget"],
            file.Items("updates").Select(update => update.Text("package-ecosystem")!).Order(StringComparer.Ordinal));
        Assert.Empty(Repository.Files("tests", "package-lock.json").Select(path => $"/{Path.GetDirectoryName(path)}")
            .Except(file.Items("updates").SelectMany(update => update.Items("directories")).Select(node => $"{node}")));
    }

    private static bool IsThere(string path)
    {
        int star = path.IndexOf('*', StringComparison.Ordinal);
        return star < 0
            ? Repository.Has(path)
            : Repository.Files(Path.GetDirectoryName(path)!, Path.GetFileName(path)).Any();
    }

    private static string UseOf(string permission) => permission switch
    {
        "contents" => "gh release create",
        "packages" => "push, true|registry, ghcr.io",
        "attestations" => "actions/attest",
        "id-token" => "actions/attest|federated-credential-provider",
        "security-events" => "codeql-action/analyze",
        _ => "$^",
    };

    [GeneratedRegex(@"\buses:")]
    private static partial Regex Uses();

    [GeneratedRegex(@"^\s*(- )?uses: (\./[\w./-]+|[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"\$\{\{.*?\}\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"(?<![\w./-])(\./)?(src|tests|infra|eng|deploy|docs|\.github)/[\w./*-]+")]
    private static partial Regex OwnPath();
}
