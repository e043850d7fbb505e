using Lightport.Limits;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Exchanges.Limits;

/// <summary>A gateway under limits that a test writes, with a ledger in the test's hands.</summary>
internal sealed class LimitedGateway : IDisposable
{
    private const string Models = """
        models:
          gpt: [openai/gpt-4o]
          mini: [openai/gpt-4o-mini]
          claude: [anthropic/claude-opus-4-7]
          sonnet: [anthropic/claude-sonnet-4-5]
          speaker: [openrouter/openai/gpt-audio]
          ours: [loose/x]
          sonar: [perplexity-ai/sonar-deep-research]
          loud: [openai/GPT-4O]
          gemini: [google/gemini-2.5-pro]
          router: [openrouter/openai/gpt-4o]
          grok: [x-ai/grok-4]
          painter: [google/gemini-3-pro-image]
          vectors: [openai/text-embedding-3-small]
          vision: [azure/vision-a]
          vision-4o: [azure/Vision-B]
          vision-mini: [azure/vision-c]
          voice: [azure/voice-a]
          thinker: [azure/thinker]
          opus: [foundry/opus-a]
          opus-b: [foundry/opus-b]
          opus-c: [{ to: foundry/opus-c, traits: { context-length: 1000000 } }]
          set: { targets: [{ to: openai/gpt-4o, set: { max_completion_tokens: 16000 } }] }
          cheap: [groq/llama-3.1-8b-instant]
          two: { targets: [openai/gpt-4o, anthropic/claude-opus-4-7], retry: { attempts: 1 } }
          race: { targets: [openai/gpt-4o, groq/llama-3.1-8b-instant], hedge: { after: 2s }, retry: { attempts: 1 } }

        """;

    /// <summary>Deployments of this installation's own names; of some it says which models they are.</summary>
    private const string Providers = """
          google: {}
          openrouter: { key: GROQ_API_KEY }
          x-ai: { key: GROQ_API_KEY }
          azure:
            use: azure-openai
            resource: contoso
            key: GROQ_API_KEY
            prices: { vision-a: { input: 0.15, output: 0.6 }, voice-a: { input: 2.5, output: 10 } }
            deployments: { vision-b: gpt-4o, vision-c: gpt-4o-mini, thinker: gpt-5-mini }
          foundry:
            use: azure-anthropic
            resource: contoso
            key: GROQ_API_KEY
            prices: { "opus-*": { input: 5, output: 25 } }
            deployments: { opus-b: claude-opus-4-5 }

        """;

    private TestLedger? _ledger;

    /// <param name="limits">The items of <c>limits</c>.</param>
    /// <param name="more">Further lines of the document.</param>
    public LimitedGateway(string limits, string more = "") => Gateway = new TestGateway(
        $"{Models}limits:\n{limits}\n{more}",
        providers: Providers,
        configure: services => services.AddSingleton<ILimitLedger>(
            provider => _ledger = new TestLedger(provider.GetRequiredService<TimeProvider>())));

    public TestGateway Gateway { get; }

    public TestLedger Ledger => _ledger!;

    public ScriptedUpstream Upstream => Gateway.Upstream;

    /// <summary>Sends the usual chat.</summary>
    public Task<ClientCall> ChatAsync(string model = "gpt", string body = Wires.Chat) =>
        Gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For(model, body));

    public Task<ClientCall> MessageAsync(string model, string body = Wires.Messages) =>
        Gateway.SendAsync(GatewayEndpoints.Messages, Wires.For(model, body));

    public void Dispose() => Gateway.Dispose();
}
