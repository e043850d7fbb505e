using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.AI.OpenAI;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Upstream;
using OpenAI.Chat;
using OpenAI.Embeddings;

namespace Lightport.EndToEnd.RealClients;

/// <summary>NuGet <c>Azure.AI.OpenAI</c>, given nothing but another endpoint.</summary>
[Collection(GatewayGroup.Name)]
public sealed class AzureDotNetClientTests(GatewayFixture gateway)
{
    [Theory]
    [InlineData("oai")]
    [InlineData("ant")]
    public async Task Chat_OfADeployment_IsTheModelsAnswer(string provider)
    {
        ChatClient client = Client(Canary.ClientKey).GetChatClient($"{provider}/text");
        var question = new UserChatMessage(Canary.Prompt);

        ChatCompletion whole = await client.CompleteChatAsync(question);
        string streamed = "";
        await foreach (StreamingChatCompletionUpdate update in client.CompleteChatStreamingAsync(question))
        {
            streamed += string.Concat(update.ContentUpdate.Select(part => part.Text));
        }

        Assert.Equal($"Ünï 🧭 {Canary.Answer}", whole.Content[0].Text);
        Assert.Equal(whole.Content[0].Text, streamed);
    }

    [Fact]
    public async Task Embeddings_OfADeployment_AreTheVectors()
    {
        OpenAIEmbeddingCollection answer = await Client(Canary.ClientKey)
            .GetEmbeddingClient("oai/embedding").GenerateEmbeddingsAsync([Canary.Prompt, "two"]);

        Assert.Equal(EndpointScripts.Vector, answer[1].ToFloats().ToArray());
    }

    [Fact]
    public async Task Key_ThatIsWrong_IsAClientResultException()
    {
        var failure = await Assert.ThrowsAsync<ClientResultException>(() => Client(Canary.WrongKey)
            .GetChatClient("oai/text").CompleteChatAsync(new UserChatMessage(Canary.Prompt)));

        Assert.Equal(401, failure.Status);
    }

    private AzureOpenAIClient Client(string key) => new(
        gateway.Address,
        new ApiKeyCredential(key),
        new AzureOpenAIClientOptions { RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });
}
