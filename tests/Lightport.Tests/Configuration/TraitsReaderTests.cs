using Lightport.Configuration;
using Lightport.Providers;
using Lightport.Routing;

namespace Lightport.Tests.Configuration;

public sealed class TraitsReaderTests
{
    [Fact]
    public void Traits_OfAProviderAndOfATarget_AreRead()
    {
        GatewayConfiguration configuration = TestConfiguration.LoadValid("""
            providers:
              openai:
                traits:
                  max-output-tokens: 16384
                  tokens-per-second: 400
                  thinking: effort
                  efforts: [high, low]
                  structured-output: off
                  forced-tools: off
                  signed-calls: on
                  binds-thinking: on
                  media-in-results: off
                  schema-beside-tools: on
                  sampling: on
                  system-turns: merged
                  developer-role: on
                  stream-usage: off
                  safety-identifier: on
                  custom-tools: on
                  reasoning-field: reasoning_content
            models:
              m: [{ to: openai/x, traits: { system-turns: in-place } }]
            """);

        Target target = configuration.Routing.Models["m"].Targets[0];
        Traits provider = target.Provider.Traits;
        Assert.Equal(["low", "high"], provider.Efforts!);
        Assert.Equal(
            new Traits
            {
                MaxOutputTokens = 16384,
                TokensPerSecond = 400,
                Thinking = "effort",
                StructuredOutput = false,
                ForcedTools = false,
                SignedCalls = true,
                BindsThinking = true,
                MediaInResults = false,
                SchemaBesideTools = true,
                Sampling = true,
                SystemTurns = "merged",
                DeveloperRole = true,
                StreamUsage = false,
                SafetyIdentifier = true,
                CustomTools = true,
                ReasoningField = "reasoning_content",
            },
            provider with { Efforts = null });
        Assert.Equal(new Traits { SystemTurns = "in-place" }, target.Traits);
        Assert.Equal(("in-place", "effort"), (
            target.Traits.Over(provider).SystemTurns, target.Traits.Over(provider).Thinking));
    }

    [Theory]
    [InlineData("system-turns: first", "'first' in providers.openai.traits.system-turns is not known")]
    [InlineData("system_turns: merged", "did you mean 'system-turns'?")]
    [InlineData("efforts: [loud]", "'loud' in providers.openai.traits.efforts is not known")]
    [InlineData("efforts: []", "for a model that does not think say 'thinking: none'")]
    [InlineData("max-output-tokens: 0", "must be a whole number above 0")]
    [InlineData("tokens-per-second: 1.5", "must be a whole number above 0")]
    [InlineData("sampling: perhaps", "must be on or off")]
    public void Traits_NotAsTheyShouldBe_AreRefused(string trait, string message)
    {
        ConfigurationResult result = TestConfiguration.Load($$"""
            providers:
              openai:
                traits: { {{trait}} }
            """);

        Assert.Contains(result.Errors, error => error.ToString().Contains(message, StringComparison.Ordinal));
    }
}
