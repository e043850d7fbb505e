using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects.Aws;

/// <summary>
/// OpenAI's models at Bedrock's two endpoints: mantle has GPT below a path of its own, the runtime has the Responses of
/// GPT alone (https://docs.aws.amazon.com/bedrock/latest/userguide/inference-responses-api.html).
/// </summary>
public sealed class BedrockOpenAITests : IDisposable
{
    private readonly TestGateway _gateway = new(
        "models: {}\n",
        providers: """
              bedrock: { region: us-east-2 }
              bedrock-mantle: { region: us-east-2 }

            """);

    public BedrockOpenAITests() => _gateway.Secrets.Values["AWS_BEARER_TOKEN_BEDROCK"] = "a-key-of-bedrock";

    [Theory]
    [InlineData("bedrock-mantle/openai.gpt-5.5", "https://bedrock-mantle.us-east-2.api.aws/openai/v1/responses")]
    [InlineData("bedrock-mantle/openai.gpt-oss-120b", "https://bedrock-mantle.us-east-2.api.aws/v1/responses")]
    [InlineData("bedrock/openai.gpt-6-sol", "https://bedrock-runtime.us-east-2.amazonaws.com/openai/v1/responses")]
    public async Task Responses_OfAModel_AreAskedWhereItIs(string model, string address)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json("{}"));

        await _gateway.SendAsync(GatewayEndpoints.Responses, $$"""{"model":"{{model}}","input":"hi"}""");

        Assert.Equal(address, _gateway.Upstream.Last.Address.AbsoluteUri);
    }

    public void Dispose() => _gateway.Dispose();
}
