using System.Text;
using Lightport.Providers;

namespace Lightport.Tests.Providers;

public sealed class ModelFactsFileTests
{
    private const string File = """
        {
          "provider": "x",
          "source": "models.dev 2026-08-01",
          "models": {
            "claude-sonnet-4-5": { "context": 200000, "output": 64000, "takes": ["text", "image", "file"] },
            "anthropic.claude-haiku-4-5-20251001-v1:0": { "context": 200000, "tools": true, "schema": false },
            "global.anthropic.claude-opus-4-6-v1": { "context": 1000000, "prompt": 900000, "reasoning": true }
          }
        }
        """;

    private static readonly ModelTable<ModelFacts> Models =
        ModelFactsFile.Parse("x.json", Encoding.UTF8.GetBytes(File));

    [Fact]
    public void Parse_WhatIsNotSaid_IsUnknown() => Assert.Equal(
        new ModelFacts
        {
            ContextTokens = 200_000,
            OutputTokens = 64_000,
            Input = Modalities.Text | Modalities.Image | Modalities.File,
        },
        Models.Find("claude-sonnet-4-5"));

    [Theory]
    [InlineData("claude-sonnet-4-5-20250929")]
    [InlineData("claude-sonnet-4-5@20250929")]
    [InlineData("claude-sonnet-4-5@default")]
    [InlineData("claude-sonnet-4-5-latest")]
    [InlineData("Claude-Sonnet-4-5")]
    public void Find_SnapshotOfAModel_IsTheModel(string model) =>
        Assert.Equal(64_000, Models.Find(model)!.OutputTokens);

    [Fact]
    public void Find_ProfileOfOneGeography_IsTheModel() =>
        Assert.False(Models.Find("eu.anthropic.claude-haiku-4-5-20251001-v1:0")!.StructuredOutput);

    [Theory]
    [InlineData("global.anthropic.claude-haiku-4-5-20251001-v1:0")]
    [InlineData("claude-sonnet-4")]
    [InlineData("claude-sonnet-4-5-thinking")]
    [InlineData("claude-sonnet-4-5-2")]
    [InlineData("ft:claude-sonnet-4-5:house")]
    [InlineData("")]
    [InlineData("-latest")]
    public void Find_AnotherModel_IsUnknown(string model) => Assert.Null(Models.Find(model));

    [Theory]
    [InlineData("""{ "models": { "a": { "context": "long" } } }""", "'models.a.context' must be a whole number")]
    [InlineData("""{ "models": { "a": { "takes": ["smell"] } } }""", "'models.a.takes' must be one of text, image")]
    [InlineData("""{ "models": { "a": { "contxt": 1 } } }""", "'models.a.contxt' is not a key here")]
    public void Parse_BrokenFile_NamesTheKey(string json, string complaint) => Assert.Contains(
        complaint,
        Assert.Throws<DataFileException>(() => ModelFactsFile.Parse("x.json", Encoding.UTF8.GetBytes(json))).Message,
        StringComparison.Ordinal);
}
