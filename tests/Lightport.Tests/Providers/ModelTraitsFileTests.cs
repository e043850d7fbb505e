using Lightport.Dialects;
using Lightport.Providers;

namespace Lightport.Tests.Providers;

/// <summary>What the built-in families say of models that matter.</summary>
public sealed class ModelTraitsFileTests
{
    private static readonly ModelTraitsCatalog Families = ModelTraitsCatalog.Load();
    private static readonly ProviderCatalog Providers = ProviderCatalog.Load();

    [Fact]
    public void Entries_All_AreSound()
    {
        string[] patterns = [.. Families.Entries.Select(entry => entry.Match)];
        Assert.Equal(patterns.Distinct(), patterns);
        Assert.All(patterns, pattern => Assert.Equal(pattern.ToLowerInvariant(), pattern));
        Assert.All(
            Families.Entries.SelectMany(entry => entry.Parameters.Keys),
            dialect => Assert.Contains(dialect, (string[])[DialectIds.OpenAIChat, DialectIds.AnthropicMessages, DialectIds.OpenAIResponses]));
    }

    [Theory]
    [InlineData("claude-3-haiku-20240307", 4096, "none", false, null)]
    [InlineData("claude-3-5-sonnet-20241022", 8192, "none", false, null)]
    [InlineData("anthropic/claude-3.7-sonnet", 64000, "budget", false, null)]
    [InlineData("claude-opus-4-1-20250805", 32000, "budget", false, null)]
    [InlineData("us.anthropic.claude-sonnet-4-5-20250929-v1:0", 64000, "budget", true, null)]
    [InlineData("claude-sonnet-4-20250514", 64000, "budget", false, null)]
    [InlineData("claude-opus-4-6", 128000, "adaptive", true, null)]
    [InlineData("claude-opus-4-8", 128000, "adaptive", true, false)]
    [InlineData("claude-sonnet-5", 128000, "adaptive", true, false)]
    [InlineData("claude-haiku-5-5", null, "adaptive", true, false)]
    [InlineData("o3-mini", 100000, "effort", true, false)]
    [InlineData("openai/gpt-5-nano", 128000, "effort", true, false)]
    [InlineData("gpt-5-pro", 272000, "effort", true, false)]
    [InlineData("gpt-5-chat-latest", 128000, "none", true, true)]
    [InlineData("gpt-5.1", 128000, "effort", true, true)]
    [InlineData("gpt-5.1-codex-max", 128000, "effort", true, false)]
    [InlineData("gpt-4.1-mini", 32768, "none", true, null)]
    [InlineData("gpt-4o-2024-05-13", 4096, "none", false, null)]
    [InlineData("deepseek-v4-pro", 384000, "effort", null, null)]
    [InlineData("grok-4.20-0309-reasoning", null, "none", null, null)]
    [InlineData("gemini-2.5-pro", 65536, "budget", true, null)]
    public void Find_Model_KnowsItsLimitsAndHabits(
        string model,
        int? maxOutputTokens,
        string thinking,
        bool? structuredOutput,
        bool? sampling)
    {
        Traits traits = Families.Find(model)!.Traits;

        Assert.Equal(
            (maxOutputTokens, thinking, structuredOutput, sampling),
            (traits.MaxOutputTokens, traits.Thinking, traits.StructuredOutput, traits.Sampling));
    }

    [Theory]
    [InlineData("claude-opus-4-6", "none low medium high max", null)]
    [InlineData("claude-opus-5-20260724", "none low medium high xhigh max", null)]
    [InlineData("anthropic/claude-opus-5.5", "low medium high xhigh max", false)]
    [InlineData("claude-fable-5-1", "low medium high xhigh max", false)]
    [InlineData("claude-mythos-preview", "low medium high max", false)]
    [InlineData("claude-sonnet-5-5", "none low medium high xhigh max", null)]
    [InlineData("o4-mini", "low medium high", null)]
    [InlineData("gpt-5-mini", "minimal low medium high", null)]
    [InlineData("gpt-5-codex", "low medium high", null)]
    [InlineData("gpt-5.1", "none low medium high", null)]
    [InlineData("gpt-5.1-codex-max", "low medium high xhigh", null)]
    [InlineData("gpt-5.4-mini", "none low medium high xhigh", null)]
    [InlineData("gpt-5.4-pro", "medium high xhigh", null)]
    [InlineData("gpt-5.6-luna", "none low medium high xhigh max", null)]
    [InlineData("openai/gpt-oss-120b", "low medium high", null)]
    [InlineData("mistral-small-latest", "none high", null)]
    [InlineData("llama-3.3-70b", null, null)]
    public void Find_Model_KnowsTheEffortsThatItTakes(string model, string? efforts, bool? forcedTools)
    {
        Traits? traits = Families.Find(model)?.Traits;

        Assert.Equal(efforts?.Split(' '), traits?.Efforts);
        Assert.Equal(forcedTools, traits?.ForcedTools);
    }

    [Fact]
    public void Efforts_OfFilesAndOfEncoders_AreTheSameScale() =>
        Assert.Equal(TraitWords.Efforts, EffortScale.Words);

    [Theory]
    [InlineData("openai", "o3", "max_tokens", ParameterAction.Rename)]
    [InlineData("openai", "gpt-5", "temperature", ParameterAction.Drop)]
    [InlineData("openai", "gpt-5-chat-latest", "temperature", ParameterAction.Keep)]
    [InlineData("openai", "gpt-4o", "temperature", null)]
    [InlineData("openrouter", "openai/o3", "max_tokens", null)]
    [InlineData("openrouter", "openai/o3", "max_completion_tokens", ParameterAction.Rename)]
    [InlineData("x-ai", "grok-4", "reasoning_effort", ParameterAction.Drop)]
    [InlineData("x-ai", "grok-4.3", "reasoning_effort", null)]
    [InlineData("x-ai", "grok-4.20-0309-non-reasoning", "stop", ParameterAction.Keep)]
    public void Resolve_ProviderAndModel_HasTheRule(
        string provider,
        string model,
        string field,
        ParameterAction? action)
    {
        ProviderEndpoint endpoint = Providers.Find(provider)!.Endpoints[DialectIds.OpenAIChat];

        ParameterRules rules = Families.Resolve(endpoint, DialectIds.OpenAIChat, model).Parameters;
        Assert.Equal(action, rules.Rules.SingleOrDefault(rule => rule.Field.Text == field)?.Action);
    }
}
