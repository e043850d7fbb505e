using YamlDotNet.RepresentationModel;

namespace Lightport.Infra.Tests.Workflows;

/// <summary>One workflow of GitHub's.</summary>
internal sealed record WorkflowFile(string Path, YamlMappingNode Root)
{
    public static IReadOnlyList<WorkflowFile> All { get; } =
    [
        .. Repository.Files(".github/workflows", "*.yml").Select(path => new WorkflowFile(path, Yaml.Load(path))),
    ];

    public IEnumerable<KeyValuePair<string, YamlNode>> Jobs => Root.Entries("jobs");

    public IEnumerable<YamlNode> Steps => Jobs.SelectMany(job => job.Value.Items("steps"));

    public IEnumerable<string> Actions => Steps.Select(step => step.Text("uses")).OfType<string>();

    /// <summary>Everything that is run or handed to an action, as text.</summary>
    public IEnumerable<string> Texts => Steps.SelectMany(step => step.Entries("with").Concat(step.Entries("env")))
        .Select(entry => (entry.Value as YamlScalarNode)?.Value)
        .Concat(Steps.Select(step => step.Text("run")))
        .OfType<string>();
}
