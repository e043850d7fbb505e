using System.Text;
using Lightport.Providers;

namespace Lightport.Tests.Providers;

public sealed class ModelTraitsCatalogTests
{
    private const string Entries = """
        [
          { "match": "claude*", "source": "https://x.example", "max-output-tokens": 4096, "sampling": true,
            "parameters": { "d": { "seed": { "drop": true }, "n": { "reject": true } } } },
          { "match": "claude-opus-4-5*", "source": "https://y.example", "thinking": "budget",
            "parameters": { "d": { "n": { "drop": true } } } },
          { "match": "claude-opus*", "source": "https://x.example", "max-output-tokens": 32000 },
          { "match": "gpt-5*", "source": "https://x.example", "sampling": false,
            "parameters": { "d": { "max_tokens": { "rename": "max_completion_tokens" } } } }
        ]
        """;

    private static readonly ModelTraitsCatalog Catalog = Parse(Entries);

    [Theory]
    [InlineData("claude-opus-4-5-20251101")]
    [InlineData("Claude-Opus-4.5")]
    [InlineData("anthropic/claude-opus-4.5:thinking")]
    [InlineData("us.anthropic.claude-opus-4-5-20251101-v1:0")]
    [InlineData("anthropic.claude-opus-4-5")]
    [InlineData("bedrock/global.anthropic.claude-opus-4-5")]
    [InlineData("claude-opus-4-5@20251101")]
    public void Find_ByAnyOfItsNames_MergesMostSpecificLast(string model)
    {
        ModelTraits traits = Catalog.Find(model)!;

        Assert.Equal(
            new Traits { MaxOutputTokens = 32000, Thinking = "budget", Sampling = true },
            traits.Traits);
        Assert.Equal("https://y.example/", traits.Source.AbsoluteUri);
        Assert.Equal(
            [("seed", ParameterAction.Drop), ("n", ParameterAction.Drop)],
            traits.Parameters["d"].Rules.Select(rule => (rule.Field.Text, rule.Action)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("gpt-4")]
    [InlineData("my-claude-opus")]
    public void Find_Unknown_IsNull(string model) => Assert.Null(Catalog.Find(model));

    [Fact]
    public void Find_EquallySpecific_LaterWins()
    {
        ModelTraitsCatalog catalog = Parse("""
            [
              { "match": "a*", "source": "https://x.example", "max-output-tokens": 1 },
              { "match": "*a", "source": "https://x.example", "max-output-tokens": 2 }
            ]
            """);

        Assert.Equal(2, catalog.Find("aa")!.Traits.MaxOutputTokens);
    }

    [Fact]
    public void Resolve_EndpointThatRenamesAField_IsNotOverruledByTheFamily()
    {
        Provider provider = CatalogFile.Parse("x.json", """
            {
              "id": "x", "name": "X", "source": "https://x.example", "base-url": "https://x.example",
              "auth": { "scheme": "none" },
              "endpoints": {
                "d": {
                  "path": "/d",
                  "sampling": true,
                  "developer-role": true,
                  "parameters": { "max_completion_tokens": { "rename": "max_tokens" } }
                },
                "e": { "path": "/e", "parameters": { "n": { "drop": true } } }
              }
            }
            """u8);
        (ProviderEndpoint d, ProviderEndpoint e) = (provider.Endpoints["d"], provider.Endpoints["e"]);

        EndpointModel known = Catalog.Resolve(d, "d", "openai/gpt-5-mini");

        Assert.Equal((false, true), (known.Traits.Sampling, known.Traits.DeveloperRole));
        Assert.Equal("max_completion_tokens", Assert.Single(known.Parameters.Rules).Field.Text);
        EndpointModel elsewhere = Catalog.Resolve(e, "e", "openai/gpt-5-mini");
        Assert.Equal((false, null), (elsewhere.Traits.Sampling, elsewhere.Traits.DeveloperRole));
        Assert.Equal("n", Assert.Single(elsewhere.Parameters.Rules).Field.Text);
        Assert.Same(d.Parameters, Catalog.Resolve(d, "d", "unknown").Parameters);
        Assert.Same(known, Catalog.Resolve(d, "d", "openai/gpt-5-mini"));
        Assert.NotSame(known, Catalog.Resolve(d with { Exact = true }, "d", "openai/gpt-5-mini"));
    }

    [Theory]
    [InlineData("""[{"match":"a"}]""", "'source' is missing")]
    [InlineData("""[{"match":"a","source":"https://x.example","thinking":"hard"}]""", "'thinking' must be one of none")]
    [InlineData("""[{"match":"a","source":"https://x.example","max":1}]""", "'max' is not a key here")]
    [InlineData("""[{"match":"a","source":"https://x.example","max-output-tokens":1.5}]""", "must be a whole number")]
    [InlineData("""[{"match":"a","source":"https://x.example","efforts":["high","low"]}]""", "in that order")]
    [InlineData("""[{"match":"a","source":"https://x.example","system-turns":"first"}]""", "'system-turns' must be one")]
    public void Parse_NotAsItShouldBe_NamesTheKey(string json, string message)
    {
        var error = Assert.Throws<DataFileException>(() => Parse(json));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static ModelTraitsCatalog Parse(string json) =>
        new(ModelTraitsFile.Parse("model-traits.json", Encoding.UTF8.GetBytes(json)));
}
