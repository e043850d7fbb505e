using System.Text.RegularExpressions;
using Lightport.Configuration;
using Lightport.Providers;
using Lightport.Tests.Architecture;

namespace Lightport.Tests.Configuration;

/// <summary>What people copy out of the documents is taken as it is.</summary>
public sealed partial class DocumentedConfigurationTests
{
    private static readonly HashSet<string> Secrets =
    [
        "OPENAI_API_KEY", "TEAM_ANTHROPIC_KEY", "VERTEX_AI_CREDENTIALS", "VERTEX_AI_API_KEY", "AWS_BEARER_TOKEN_BEDROCK",
        "ALERTS_SECRET", "WEATHER_KEY", "DOCS_MCP_TOKEN", "CRM_SECRET",
    ];

    [Fact]
    public void Blocks_OfYaml_AreValidConfigurations()
    {
        (string Path, string Text)[] blocks =
        [
            .. from path in Repository.Files("docs", "*.md").Append("README.md").Append("deploy/README.md")
               from block in Block().Matches(Repository.Read(path).ReplaceLineEndings("\n"))
               select (path, block.Groups[1].Value),
        ];

        Assert.Contains(blocks, block => block.Path == "README.md");
        Rule.Holds(
            "A configuration in the documents must pass `lightport check`:",
            from block in blocks
            let result = ConfigurationLoader.Load(block.Text, block.Path, ProviderCatalog.Load(), Secrets)
            from problem in result.Errors.Select(error => $"{error}").Concat(result.Configuration?.Warnings ?? [])
            select problem);
    }

    [GeneratedRegex(@"^```yaml\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
