using System.Text.Json;
using Anthropic;
using Anthropic.Core;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using Lightport.EndToEnd.Gateway;
using Microsoft.Extensions.AI;

namespace Lightport.EndToEnd.RealClients;

/// <summary>NuGet <c>Anthropic</c>, by itself and as .NET's chat client, against Anthropic and OpenAI-wire providers.</summary>
[Collection(GatewayGroup.Name)]
public sealed class AnthropicDotNetClientTests(GatewayFixture gateway)
{
    private static readonly AIFunctionDeclaration Weather = AIFunctionFactory.CreateDeclaration(
        "weather",
        "The weather of a city.",
        JsonElement.Parse("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"""));

    public static TheoryData<string> Providers => ["ant", "oai", "exact"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Chat_WholeAndStreamed_GiveTheSameAnswer(string provider)
    {
        using IChatClient client = Client().AsIChatClient($"{provider}/text", 2048);
        ChatMessage[] messages = [new(ChatRole.System, "Be brief."), new(ChatRole.User, Canary.Prompt)];

        ChatResponse whole = await client.GetResponseAsync(messages);
        ChatResponse streamed = await client.GetStreamingResponseAsync(messages).ToChatResponseAsync();

        Assert.Equal(($"Ünï 🧭 {Canary.Answer}", ChatFinishReason.Stop), (whole.Text, whole.FinishReason));
        Assert.Equal((whole.Text, whole.FinishReason), (streamed.Text, streamed.FinishReason));
        Assert.Equal((20, 12), (whole.Usage!.InputTokenCount, whole.Usage.OutputTokenCount));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Tools_OverThreeTurns_EndInText(string provider)
    {
        using IChatClient client = Client().AsIChatClient($"{provider}/tools-chain", 2048);

        ChatResponse answer = await ConverseAsync(client, new ChatOptions { Tools = [Weather] });

        Assert.Equal("sunny in Oslo then sunny in Rome", answer.Text);
    }

    [Theory]
    [InlineData("ant", "signature came back")]
    [InlineData("oai", "done")]
    public async Task Reasoning_WithItsSignature_SurvivesTheRoundTrip(string provider, string expected)
    {
        using IChatClient client = Client().AsIChatClient($"{provider}/reasoning", 4096);

        ChatResponse answer = await ConverseAsync(client, new ChatOptions
        {
            Tools = [Weather],
            RawRepresentationFactory = _ => new MessageCreateParams
            {
                MaxTokens = 4096,
                Messages = [],
                Model = $"{provider}/reasoning",
                Thinking = new ThinkingConfigEnabled(1024),
            },
        });

        Assert.Equal(expected, answer.Text);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Count_IsANumber(string provider)
    {
        MessageTokensCount count = await Client().Messages.CountTokens(new MessageCountTokensParams
        {
            Model = $"{provider}/text",
            Messages = [new UserMessageParam(Canary.Prompt)],
        });

        Assert.InRange(count.InputTokens, 1, 100);
    }

    [Fact]
    public async Task Error_UnknownModel_IsTheClientsOwn()
    {
        using IChatClient client = Client().AsIChatClient("nobody-knows", 2048);

        AnthropicNotFoundException error = await Assert.ThrowsAsync<AnthropicNotFoundException>(
            () => client.GetResponseAsync(Canary.Prompt));

        Assert.Contains("nobody-knows", error.Message, StringComparison.Ordinal);
    }

    private static async Task<ChatResponse> ConverseAsync(IChatClient client, ChatOptions options)
    {
        List<ChatMessage> messages = [new(ChatRole.User, Canary.Prompt)];
        while (true)
        {
            ChatResponse answer = await client.GetResponseAsync(messages, options);
            messages.AddMessages(answer);
            FunctionCallContent[] calls =
                [.. answer.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()];
            if (calls.Length == 0)
            {
                return answer;
            }

            messages.Add(new ChatMessage(
                ChatRole.Tool,
                [.. calls.Select(call => new FunctionResultContent(call.CallId, $"sunny in {call.Arguments!["city"]}"))]));
        }
    }

    private AnthropicClient Client() => new(new ClientOptions
    {
        BaseUrl = gateway.Address.ToString().TrimEnd('/'),
        ApiKey = Canary.ClientKey,
        MaxRetries = 0,
    });
}
