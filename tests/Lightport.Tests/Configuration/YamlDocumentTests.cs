using System.Text;
using FsCheck;
using Lightport.Configuration;

namespace Lightport.Tests.Configuration;

public sealed class YamlDocumentTests
{
    private static readonly string[] Pieces =
    [
        "providers", "models", "keys", "openai", "fast", "openai/x", "a", "*", "&a ", "*a", ": ", ":", "- ", "\n",
        "\n  ", "\n    ", "{ ", " }", "[ ", " ]", ", ", "\"", "'", "|", ">", "#", "---", "...", "!", "!!str ", "? ", "%", "\t",
        "\u0000", "\ud800", "é", "~", "null", "\\", "\"\\ud800\"",
        "targets", "fallback", "set", "to", "sha256", "1e999", "<<",
    ];

    [Fact]
    public void Load_Bomb_IsRefused()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 20; level++)
        {
            string alias = $"*a{level - 1}";
            bomb.Append($"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat(alias, 10))}]\n");
        }

        ConfigurationError error = Assert.Single(TestConfiguration.Load(bomb.ToString()).Errors);

        Assert.Equal("the document has more than 400000 values, aliases written out.", error.Message);
        Assert.Equal(6, error.Line);
    }

    [Fact]
    public void Load_AliasesThatNest_CountWithTheirDepth()
    {
        var text = new StringBuilder("a0: &a0 [x]\n");
        for (int level = 1; level < 60; level++)
        {
            text.Append($"a{level}: &a{level} [*a{level - 1}]\n");
        }

        Assert.Equal(
            "the document is nested deeper than 32 levels.",
            Assert.Single(TestConfiguration.Load(text.ToString()).Errors).Message);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Load_DeepNesting_IsRefusedSoon(string open)
    {
        string text = string.Concat(Enumerable.Repeat(open, 200_000));

        Assert.Contains("32 levels", Assert.Single(TestConfiguration.Load(text).Errors).Message);
    }

    [Fact]
    public void Load_HugeText_IsRefused() => Assert.Equal(
        "lightport.yaml:1:1: the file is longer than 8 MiB; remove what is no configuration.",
        Assert.Single(TestConfiguration.Load(new string('#', (8 << 20) + 1)).Errors).ToString());

    [Fact]
    public void Load_Anchor_StandsForWhatItNamed()
    {
        GatewayConfiguration configuration = TestConfiguration.LoadValid("""
            models:
              a: { targets: [openai/x], retry: &twice { attempts: 3 } }
              b: { targets: [openai/y], retry: *twice }
            """);

        Assert.Equal(3, configuration.Routing.Models["b"].Retry.Attempts);
    }

    [Theory]
    [InlineData("models: { a: b")]
    [InlineData("models: \"a")]
    [InlineData("a: b: c")]
    [InlineData("%YAML 9.9\n---\na: b")]
    public void Load_NoYaml_SaysWhere(string text)
    {
        ConfigurationError error = Assert.Single(TestConfiguration.Load(text).Errors);

        Assert.StartsWith("not YAML: ", error.Message);
        Assert.True(error is { Line: >= 1, Column: >= 1 });
    }

    [Fact]
    public void Load_BracketsWithoutQuotesInBraces_SaysToQuote()
    {
        ConfigurationError error = Assert.Single(
            TestConfiguration.Load("context: { a: { path: $.days[0].text } }").Errors);

        Assert.StartsWith("not YAML: ", error.Message);
        Assert.EndsWith("a text that holds one of { } [ ] , stands in quotes.", error.Message);
    }

    [Fact]
    public void Load_RandomText_NeverThrows()
    {
        Gen<string> text = Gen.ArrayOf(Gen.Elements(Pieces)).Select(string.Concat);

        Prop.ForAll(Arb.From(text), AnswersSomething).Check(Quick(10_000));
        Prop.ForAll(Arb.Default.String(), AnswersSomething).Check(Quick(2_000));
    }

    [Fact]
    public void Load_SampleWithACutAndAPiece_NeverThrows()
    {
        string sample = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "lightport.sample.yaml"));
        Gen<string> text =
            from start in Gen.Choose(0, sample.Length)
            from length in Gen.Choose(0, 20)
            from piece in Gen.Elements(Pieces)
            select sample[..start] + piece + sample[Math.Min(sample.Length, start + length)..];

        Prop.ForAll(Arb.From(text), AnswersSomething).Check(Quick(1_000));
    }

    private static bool AnswersSomething(string? text)
    {
        ConfigurationResult result = TestConfiguration.Load(text ?? "");
        return result.Valid == (result.Errors.Count == 0) && result.Errors.All(error => error.Line >= 1);
    }

    private static FsCheck.Configuration Quick(int tests) =>
        new() { MaxNbOfTest = tests, QuietOnSuccess = true, Runner = Config.QuickThrowOnFailure.Runner };
}
