using System.Text.RegularExpressions;
using Lightport.Infra.Tests.Grammar;

namespace Lightport.Infra.Tests.Hooks;

/// <summary>The PowerShell hooks are the twins of the others.</summary>
public sealed partial class PowerShellTests
{
    [Fact]
    public void Hooks_AreParsedWithoutAnError() => Rule.Holds(
        "The grammar does not understand:",
        from file in Grammars.PowerShell
        from node in file.Value.All()
        where node.IsError
        select $"{file.Key}:{node.Line}: {node.Text}");

    [Theory]
    [InlineData("common")]
    [InlineData("postprovision")]
    [InlineData("postdeploy")]
    public void Hook_NamesTheSameThingsAsItsTwin(string name) => Assert.Equal(
        Names(Repository.Read($"infra/hooks/{name}.sh")),
        Names(Repository.Read($"infra/hooks/{name}.ps1")));

    /// <summary>Environment variables, secrets and files: what the two have to agree on.</summary>
    private static SortedSet<string> Names(string script) =>
        [.. Name().Matches(script).Select(match => match.Value)];

    [GeneratedRegex(
        @"\b(AZURE|LIGHTPORT|OPENAI|ANTHROPIC|SERVICE)_[A-Z_]+\b|lightport-(admin|seal)-key|lightport\.yaml|/health\b")]
    private static partial Regex Name();
}
