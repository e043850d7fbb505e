using System.Text;
using Lightport.Dialects;
using Lightport.Exchanges;
using Lightport.Providers;
using Lightport.Transport.Body;

namespace Lightport.Tests.Exchanges;

/// <summary>The built-in providers and families together, on bodies as clients send them.</summary>
public sealed class BuiltInRulesTests
{
    private static readonly ProviderCatalog Providers = ProviderCatalog.Load();
    private static readonly ModelTraitsCatalog Traits = ModelTraitsCatalog.Load();

    [Theory]
    [InlineData(
        "mistral-ai/mistral-large-latest",
        """{"seed":7,"max_completion_tokens":9,"temperature":1.8,"user":"u","stop":"x","n":2,"logprobs":false}""",
        """{"temperature":1.5,"stop":"x","n":2,"max_tokens":9,"random_seed":7}""",
        "temperature,user")]
    [InlineData(
        "mistral-ai/magistral-medium-latest",
        """{"stream":true,"stream_options":{"include_usage":true},"reasoning_effort":"medium"}""",
        """{"stream":true,"reasoning_effort":"high"}""",
        "")]
    [InlineData("groq/llama", """{"n":1,"logit_bias":{"1":2},"stop":"x"}""", """{"stop":"x"}""", "logit_bias")]
    [InlineData("groq/llama", """{"n":3}""", "{}", "!n")]
    [InlineData("openai/o3", """{"max_tokens":5,"temperature":1}""", """{"max_completion_tokens":5}""", "")]
    [InlineData("openai/gpt-5", """{"temperature":0.2,"seed":1}""", """{"seed":1}""", "temperature")]
    [InlineData("openai/gpt-5.1", """{"temperature":0.2}""", """{"temperature":0.2}""", "")]
    [InlineData(
        "openai/gpt-5.1",
        """{"temperature":0.2,"reasoning_effort":"high"}""",
        """{"reasoning_effort":"high"}""",
        "temperature")]
    [InlineData("openai/gpt-5.6-sol", """{"temperature":0.2}""", "{}", "temperature")]
    [InlineData(
        "openai/gpt-5.6-sol",
        """{"temperature":0.2,"reasoning_effort":"none"}""",
        """{"temperature":0.2,"reasoning_effort":"none"}""",
        "")]
    [InlineData("openai/gpt-5-chat-latest", """{"temperature":0.2}""", """{"temperature":0.2}""", "")]
    [InlineData("openai/gpt-4o", """{"max_tokens":5,"seed":1}""", """{"max_tokens":5,"seed":1}""", "")]
    [InlineData("openrouter/openai/o3", """{"max_completion_tokens":5}""", """{"max_tokens":5}""", "")]
    [InlineData("openrouter/openai/o3", """{"max_tokens":5}""", """{"max_tokens":5}""", "")]
    [InlineData("x-ai/grok-4-0709", """{"stop":"x","reasoning_effort":"low"}""", "{}", "stop,reasoning_effort")]
    public void Apply_ChatBody_SendsWhatTheModelTakes(string target, string body, string expected, string told) =>
        AssertSent(DialectIds.OpenAIChat, target, body, expected, told);

    [Theory]
    [InlineData("claude-opus-4-8", """{"temperature":0.5,"top_k":5}""", "{}", "temperature,top_k")]
    [InlineData("claude-sonnet-4-5", """{"temperature":0.5,"top_p":0.5}""", """{"temperature":0.5}""", "top_p")]
    [InlineData("claude-sonnet-4-5", """{"top_p":0.5}""", """{"top_p":0.5}""", "")]
    [InlineData("claude-3-haiku-20240307", """{"temperature":0.5,"top_p":1}""", """{"temperature":0.5,"top_p":1}""", "")]
    public void Apply_MessagesBody_SendsWhatTheModelTakes(string model, string body, string expected, string told) =>
        AssertSent(DialectIds.AnthropicMessages, "anthropic/" + model, body, expected, told);

    private static void AssertSent(string dialect, string target, string body, string expected, string told)
    {
        int slash = target.IndexOf('/', StringComparison.Ordinal);
        ProviderEndpoint endpoint = Providers.Find(target[..slash])!.Endpoints[dialect];
        var patch = new BodyPatch(JsonEnvelope.Read(Encoding.UTF8.GetBytes(body)));
        var calls = new List<string>();

        ParameterRulesApplier.Apply(
            Traits.Resolve(endpoint, dialect, target[(slash + 1)..]).Parameters,
            patch,
            calls.Add,
            field => calls.Add("!" + field));

        Assert.Equal(expected, Encoding.UTF8.GetString(patch.Apply().ToArray()));
        Assert.Equal(told, string.Join(',', calls));
    }
}
