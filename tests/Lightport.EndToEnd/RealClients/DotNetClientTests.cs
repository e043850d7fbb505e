using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Upstream;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;
using OpenAI.Models;

namespace Lightport.EndToEnd.RealClients;

/// <summary>NuGet <c>OpenAI</c>'s chat client against a provider of every wire.</summary>
[Collection(GatewayGroup.Name)]
public sealed class DotNetClientTests(GatewayFixture gateway)
{
    private static readonly ChatTool Weather = ChatTool.CreateFunctionTool(
        "weather",
        "The weather of a city.",
        BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"""));

    public static TheoryData<string> Every => [.. Providers.All];

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Chat_WholeAndStreamed_GiveTheSameAnswer(string provider)
    {
        ChatClient client = Client().GetChatClient($"{provider}/usage");
        ChatMessage[] messages = [new SystemChatMessage("Be brief."), new UserChatMessage(Canary.Prompt)];

        ChatCompletion whole = await client.CompleteChatAsync(messages);
        (string text, ChatFinishReason? finish, ChatTokenUsage? usage) = ("", null, null);
        await foreach (StreamingChatCompletionUpdate update in client.CompleteChatStreamingAsync(messages))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            finish = update.FinishReason ?? finish;
            usage = update.Usage ?? usage;
        }

        Assert.Equal("counted", whole.Content[0].Text);
        Assert.Equal((whole.Content[0].Text, whole.FinishReason), (text, finish));
        Assert.Equal(provider == "ant" ? 224 : 160, whole.Usage.TotalTokenCount);
        Assert.Equal(128, whole.Usage.InputTokenDetails.CachedTokenCount);
        Assert.Equal(whole.Usage.TotalTokenCount, usage!.TotalTokenCount);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Tools_OverThreeTurns_EndInText(string provider)
    {
        ChatClient client = Client().GetChatClient($"{provider}/tools-chain");
        List<ChatMessage> messages = [new UserChatMessage(Canary.Prompt)];
        ChatCompletion answer = await AskAsync();
        while (answer.FinishReason == ChatFinishReason.ToolCalls)
        {
            messages.Add(new AssistantChatMessage(answer));
            foreach (ChatToolCall call in answer.ToolCalls)
            {
                string city = JsonElement.Parse(call.FunctionArguments).GetProperty("city").GetString()!;
                messages.Add(new ToolChatMessage(call.Id, $"sunny in {city}"));
            }

            answer = await AskAsync();
        }

        Assert.Equal("sunny in Oslo then sunny in Rome", answer.Content[0].Text);

        async Task<ChatCompletion> AskAsync() =>
            await client.CompleteChatAsync(messages, new ChatCompletionOptions { Tools = { Weather } });
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Structured_BySchema_IsTheObjectAlone(string provider)
    {
        var options = new ChatCompletionOptions
        {
            ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(
                "person",
                BinaryData.FromString(
                    """
                    {"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer"}},
                     "required":["name","age"],"additionalProperties":false}
                    """),
                jsonSchemaIsStrict: true),
        };
        ChatCompletion answer = await Client().GetChatClient($"{provider}/structured")
            .CompleteChatAsync([new UserChatMessage(Canary.Prompt)], options);

        Json.Equal(Scripts.Person, JsonElement.Parse(answer.Content[0].Text));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Image_AsBytes_ReachesTheProvider(string provider)
    {
        BinaryData pixel = BinaryData.FromBytes(Convert.FromBase64String(Scripts.Pixel));
        ChatCompletion answer = await Client().GetChatClient($"{provider}/image").CompleteChatAsync(
            new UserChatMessage(
                ChatMessageContentPart.CreateTextPart(Canary.Prompt),
                ChatMessageContentPart.CreateImagePart(pixel, "image/png")));

        Assert.Equal("a pixel", answer.Content[0].Text);
    }

    [Theory]
    [InlineData("oai/error-429", 429, "slow down")]
    [InlineData("ant/error-429", 429, "slow down")]
    [InlineData("ant/error-400", 400, "top_k is too odd")]
    [InlineData("nobody-knows", 404, "nobody-knows")]
    public async Task Failure_OfTheProvider_IsAClientResultException(string model, int status, string message)
    {
        var failure = await Assert.ThrowsAsync<ClientResultException>(
            () => Client().GetChatClient(model).CompleteChatAsync(new UserChatMessage(Canary.Prompt)));

        Assert.Equal(status, failure.Status);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    /// <summary>This client reads over error events; a connection that ends well would be an answer to it.</summary>
    [Theory]
    [MemberData(nameof(Every))]
    public async Task Failure_MidStream_IsNoWholeAnswer(string provider)
    {
        var updates = Client().GetChatClient($"{provider}/error-mid")
            .CompleteChatStreamingAsync([new UserChatMessage(Canary.Prompt)]);
        string text = "";

        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            await foreach (StreamingChatCompletionUpdate update in updates)
            {
                text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            }
        });

        Assert.StartsWith("par", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Cancel_MidStream_ReachesTheProvider(string provider)
    {
        string model = $"endless@dotnet-{provider}";
        using var leave = new CancellationTokenSource();
        var updates = Client().GetChatClient($"{provider}/{model}")
            .CompleteChatStreamingAsync([new UserChatMessage(Canary.Prompt)], cancellationToken: leave.Token);
        await foreach (StreamingChatCompletionUpdate update in updates)
        {
            if (update.ContentUpdate.Count > 0)
            {
                break;
            }
        }

        await leave.CancelAsync();

        await gateway.Upstream.CanceledAsync(model);
    }

    [Fact]
    public async Task Embeddings_AsBase64_AreTheVectors()
    {
        OpenAIEmbeddingCollection answer =
            await Client().GetEmbeddingClient("oai/embedding").GenerateEmbeddingsAsync([Canary.Prompt, "two"]);

        Assert.Equal(2, answer.Count);
        Assert.Equal(EndpointScripts.Vector, answer[1].ToFloats().ToArray());
    }

    [Fact]
    public async Task Models_List_HoldsWhatTheKeyMayUse()
    {
        OpenAIModelCollection models = await Client().GetOpenAIModelClient().GetModelsAsync();

        Assert.Contains("named", models.Select(model => model.Id));
    }

    private OpenAIClient Client() => new(
        new ApiKeyCredential(Canary.ClientKey),
        new OpenAIClientOptions
        {
            Endpoint = new Uri(gateway.Address, "v1"),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        });
}
