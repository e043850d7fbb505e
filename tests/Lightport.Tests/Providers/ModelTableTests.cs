using Lightport.Providers;

namespace Lightport.Tests.Providers;

public sealed class ModelTableTests
{
    private readonly ModelTable<string> _table = new(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["gpt-4o"] = "4o",
        ["anthropic.claude-opus-4-8-v1:0"] = "opus",
    });

    [Theory]
    [InlineData("gpt-4o", "4o")]
    [InlineData("GPT-4o", "4o")]
    [InlineData("gpt-4o-2024-08-06", "4o")]
    [InlineData("eu.anthropic.claude-opus-4-8-v1:0", "opus")]
    [InlineData("global.anthropic.claude-opus-4-8-v1:0", null)]
    [InlineData("vision-a", null)]
    public void Name_LeadsToTheSame_HoweverOftenItIsAskedFor(string name, string? found)
    {
        Assert.Equal([found, found, found], Enumerable.Range(0, 3).Select(_ => _table.Find(name)));
    }

    /// <summary>Clients make names up; those of models are found before, between and after them.</summary>
    [Fact]
    public void MadeUpNames_MoreThanAreRemembered_HideNoModel()
    {
        Assert.All(Enumerable.Range(0, 3_000), i => Assert.Null(_table.Find($"made-up-{i}")));

        Assert.Equal("4o", _table.Find("gpt-4o-2024-11-20"));
        Assert.Null(_table.Find("made-up-1"));
    }
}
