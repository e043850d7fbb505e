using Lightport.Tests.Exchanges;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Dialects.Aws;

/// <summary>A gateway with Amazon Bedrock among its providers, and a model of each family.</summary>
internal static class BedrockGateway
{
    public const string Key = "AKIDEXAMPLE:wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    public const string Claude = "eu.anthropic.claude-sonnet-4-5-20250929-v1:0";

    private const string Models = """
        models:
          m: { targets: ["bedrock/eu.anthropic.claude-sonnet-4-5-20250929-v1:0"], retry: { attempts: 1 } }
          claude: { targets: ["bedrock-only/eu.anthropic.claude-sonnet-4-5-20250929-v1:0"], retry: { attempts: 1 } }
          adaptive: { targets: ["bedrock-only/global.anthropic.claude-opus-4-6-v1"], retry: { attempts: 1 } }
          nova: { targets: ["bedrock/us.amazon.nova-2-lite-v1:0"], retry: { attempts: 1 } }
          oss: { targets: ["bedrock-only/openai.gpt-oss-120b-1:0"], retry: { attempts: 1 } }
          llama: { targets: ["bedrock/us.meta.llama4-maverick-17b-instruct-v1:0"], retry: { attempts: 1 } }
          profile: { targets: ["bedrock/arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/a1b2c3"], retry: { attempts: 1 } }
          lenient: { unsupported: drop, targets: ["bedrock-only/eu.anthropic.claude-sonnet-4-5-20250929-v1:0"], retry: { attempts: 1 } }

        """;

    private const string Providers = """
          bedrock: { region: eu-central-1 }
          bedrock-only:
            use: bedrock
            region: eu-central-1
            endpoints:
              anthropic-bedrock: { models: ["none"] }
              openai-chat: { models: ["none"] }

        """;

    /// <param name="models">What there is in place of a model of each family.</param>
    public static TestGateway Create(string models = Models, Action<IServiceCollection>? configure = null)
    {
        var gateway = new TestGateway(models, providers: Providers, configure: configure);
        gateway.Secrets.Values["AWS_BEARER_TOKEN_BEDROCK"] = Key;
        return gateway;
    }
}
