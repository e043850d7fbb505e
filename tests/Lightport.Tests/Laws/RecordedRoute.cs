using Lightport.Dialects;
using Lightport.Tests.Dialects.Aws;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Laws;

/// <summary>A provider that a recorded answer is replayed as: who once gave it, or one that has the same wire.</summary>
/// <param name="Model">The model's name at the gateway.</param>
/// <param name="Exact">Whether the provider is declared to keep its wire to the letter.</param>
internal sealed record RecordedRoute(string Model, bool Exact)
{
    private const string OpenRouter = "chat-openrouter";

    private const string Models = """
        models:
          completions-exact: { targets: [openai/m], retry: { attempts: 1 } }
          completions-loose: { targets: [loose/m], retry: { attempts: 1 } }
          chat-exact: { targets: [openai-chat/m], retry: { attempts: 1 } }
          chat-loose: { targets: [loose-chat/m], retry: { attempts: 1 } }
          chat-azure: { targets: [azure-chat/m], retry: { attempts: 1 } }
          chat-openrouter: { targets: [openrouter-chat/m], retry: { attempts: 1 } }
          messages: { targets: [anthropic/m], retry: { attempts: 1 } }
          claude-bedrock: { targets: ["bedrock/eu.anthropic.claude-sonnet-4-5-20250929-v1:0"], retry: { attempts: 1 } }
          converse: { targets: ["bedrock/us.amazon.nova-2-lite-v1:0"], retry: { attempts: 1 } }
          gemini: { targets: [{ to: google/gemini-3-flash, traits: { endpoint-always: on } }], retry: { attempts: 1 } }
          gemini-vertex: { targets: [vertex-ai/google/gemini-3-flash], retry: { attempts: 1 } }
          responses:
            targets: [{ to: openai/m, traits: { endpoint: openai-responses, endpoint-always: on, thinking: effort } }]
            retry: { attempts: 1 }
          responses-azure:
            targets: [{ to: azure-openai/m, traits: { endpoint: openai-responses, endpoint-always: on } }]
            retry: { attempts: 1 }
        mcp: { native: on }
        """;

    private const string Providers = """
          openai-chat: { use: openai, endpoints: { openai-completions: { models: [none] }, openai-responses: { models: [none] } } }
          loose-chat:
            use: openai-compatible
            base-url: "https://loose.example/v1"
            auth: none
            endpoints: { openai-completions: { models: [none] } }
          azure-chat:
            use: azure-openai
            resource: contoso
            endpoints: { openai-completions: { models: [none] }, openai-responses: { models: [none] } }
          openrouter-chat:
            use: openrouter
            endpoints:
              openai-completions: { models: [none] }
              openai-responses: { models: [none] }
              anthropic-messages: { models: [none] }
          google: {}
          azure-openai: { resource: contoso }
          vertex-ai: { project: contoso, location: global }
          bedrock: { region: eu-central-1 }

        """;

    /// <summary>A request may say here which providers and models it wants; elsewhere the gateway judges that.</summary>
    public bool TakesPreferences => Model == OpenRouter;

    public static TestGateway CreateGateway()
    {
        var gateway = new TestGateway(Models, providers: Providers);
        gateway.Secrets.Values["VERTEX_AI_CREDENTIALS"] = "ya29.token";
        gateway.Secrets.Values["AWS_BEARER_TOKEN_BEDROCK"] = BedrockGateway.Key;
        return gateway;
    }

    public static IReadOnlyList<RecordedRoute> Of(RecordedAnswer recorded)
    {
        bool azure = recorded.Host.Contains("azure.com", StringComparison.Ordinal);
        bool vertex = recorded.Host.Contains("aiplatform", StringComparison.Ordinal);
        return recorded.Dialect switch
        {
            DialectIds.AnthropicMessages => [new("messages", Exact: true)],
            DialectIds.AnthropicBedrock => [new("claude-bedrock", Exact: false)],
            DialectIds.AwsConverse => [new("converse", Exact: false)],
            DialectIds.OpenAIResponses => [new(azure ? "responses-azure" : "responses", Exact: true)],
            DialectIds.GoogleGemini => [new(vertex ? "gemini-vertex" : "gemini", Exact: true)],
            DialectIds.OpenAIChat when azure =>
                [new("chat-exact", Exact: true), new("chat-loose", Exact: false), new("chat-azure", Exact: false)],
            DialectIds.OpenAIChat when recorded.Host.Contains("openrouter", StringComparison.Ordinal) =>
                [new("chat-exact", Exact: true), new("chat-loose", Exact: false), new(OpenRouter, Exact: false)],
            DialectIds.OpenAIChat => [new("chat-exact", Exact: true), new("chat-loose", Exact: false)],
            _ => [new("completions-exact", Exact: true), new("completions-loose", Exact: false)],
        };
    }
}
