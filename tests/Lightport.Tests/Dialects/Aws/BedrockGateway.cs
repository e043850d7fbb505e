using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects.Aws;

/// <summary>A gateway with Amazon Bedrock among its providers.</summary>
internal static class BedrockGateway
{
    public const string Key = "AKIDEXAMPLE:wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    public const string Claude = "eu.anthropic.claude-sonnet-4-5-20250929-v1:0";

    public static TestGateway Create(string models = "")
    {
        var gateway = new TestGateway(
            "models:\n"
            + "  m: { targets: [\"bedrock/" + Claude + "\"], retry: { attempts: 1 } }\n" + models,
            providers: "  bedrock: { region: eu-central-1 }\n\n");
        gateway.Secrets.Values["AWS_BEARER_TOKEN_BEDROCK"] = Key;
        return gateway;
    }
}
