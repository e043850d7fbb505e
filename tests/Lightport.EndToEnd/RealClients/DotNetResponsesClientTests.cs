using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Upstream;
using OpenAI.Responses;

// Of the package's clients this one alone is still marked as likely to change.
#pragma warning disable OPENAI001

namespace Lightport.EndToEnd.RealClients;

/// <summary>NuGet <c>OpenAI</c>'s client of Responses against a provider of every wire.</summary>
[Collection(GatewayGroup.Name)]
public sealed class DotNetResponsesClientTests(GatewayFixture gateway)
{
    private static readonly string Text = $"Ünï 🧭 {Canary.Answer}";

    private static readonly ResponseTool Weather = ResponseTool.CreateFunctionTool(
        "weather",
        BinaryData.FromString(
            """
            {"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}
            """),
        strictModeEnabled: true,
        functionDescription: "The weather of a city.");

    public static TheoryData<string> Every => [.. Providers.All];

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Chat_WholeAndStreamed_GiveTheSameAnswer(string provider)
    {
        ResponsesClient client = Client();
        ResponseResult whole = await client.CreateResponseAsync(Question($"{provider}/text"));
        CreateResponseOptions question = Question($"{provider}/text");
        question.StreamingEnabled = true;
        (string text, ResponseResult? last) = ("", null);
        await foreach (StreamingResponseUpdate update in await client.CreateResponseStreamingAsync(question))
        {
            text += (update as StreamingResponseOutputTextDeltaUpdate)?.Delta;
            last = (update as StreamingResponseCompletedUpdate)?.Response ?? last;
        }

        Assert.Equal((Text, 32), (whole.GetOutputText(), whole.Usage.TotalTokenCount));
        Assert.Equal((Text, Text, 32), (text, last!.GetOutputText(), last.Usage.TotalTokenCount));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Tools_OverThreeTurns_EndInText(string provider)
    {
        CreateResponseOptions question = Question($"{provider}/tools-chain");
        question.Tools.Add(Weather);
        ResponseResult answer = await Client().CreateResponseAsync(question);
        while (Results(answer) is { Count: > 0 } results)
        {
            answer.OutputItems.Concat(results).ToList().ForEach(question.InputItems.Add);
            answer = await Client().CreateResponseAsync(question);
        }

        Assert.Equal("sunny in Oslo then sunny in Rome", answer.GetOutputText());
    }

    /// <summary>A provider that keeps its answers itself is asked by their ids as they are.</summary>
    [Theory]
    [InlineData("oai")]
    [InlineData("ant")]
    [InlineData("gem")]
    [InlineData("con")]
    public async Task Tools_ByTheIdOfTheResponseBefore_EndInText(string provider)
    {
        CreateResponseOptions question = Question($"{provider}/tools-chain");
        question.Tools.Add(Weather);
        ResponseResult answer = await Client().CreateResponseAsync(question);
        while (Results(answer) is { Count: > 0 } results)
        {
            question = new CreateResponseOptions { Model = question.Model, PreviousResponseId = answer.Id };
            question.Tools.Add(Weather);
            results.ForEach(question.InputItems.Add);
            answer = await Client().CreateResponseAsync(question);
        }

        Assert.Equal("sunny in Oslo then sunny in Rome", answer.GetOutputText());
    }

    [Theory]
    [InlineData("error-429", 429, "slow down")]
    [InlineData("error-400", 400, "top_k is too odd")]
    public async Task Failure_OfTheProvider_IsAClientResultException(string script, int status, string message)
    {
        foreach (string provider in Providers.All)
        {
            var failure = await Assert.ThrowsAsync<ClientResultException>(
                () => Client().CreateResponseAsync(Question($"{provider}/{script}")));

            Assert.Equal((provider, status), (provider, failure.Status));
            Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>It hands errors on as updates, and a failed response as one too.</summary>
    [Theory]
    [MemberData(nameof(Every))]
    public async Task Failure_MidStream_IsToldAndNoWholeAnswer(string provider)
    {
        CreateResponseOptions question = Question($"{provider}/error-mid");
        question.StreamingEnabled = true;
        var updates = new List<StreamingResponseUpdate>();
        Exception? broken = await Record.ExceptionAsync(async () =>
        {
            await foreach (StreamingResponseUpdate update in await Client().CreateResponseStreamingAsync(question))
            {
                updates.Add(update);
            }
        });

        Assert.DoesNotContain(updates, update => update is StreamingResponseCompletedUpdate);
        Assert.True(
            broken is not null
                || updates.Any(update => update is StreamingResponseErrorUpdate or StreamingResponseFailedUpdate));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Cancel_MidStream_ReachesTheProvider(string provider)
    {
        string model = $"endless@dotnet-responses-{provider}";
        CreateResponseOptions question = Question($"{provider}/{model}");
        question.StreamingEnabled = true;
        using var leave = new CancellationTokenSource();
        await foreach (StreamingResponseUpdate update
            in await Client().CreateResponseStreamingAsync(question, leave.Token))
        {
            if (update is StreamingResponseOutputTextDeltaUpdate)
            {
                break;
            }
        }

        await leave.CancelAsync();

        await gateway.Upstream.CanceledAsync(model);
    }

    private static CreateResponseOptions Question(string model) =>
        new() { Model = model, InputItems = { ResponseItem.CreateUserMessageItem(Canary.Prompt) } };

    private static List<ResponseItem> Results(ResponseResult answer) =>
    [
        .. answer.OutputItems.OfType<FunctionCallResponseItem>().Select(call =>
            ResponseItem.CreateFunctionCallOutputItem(call.CallId, Result(call.FunctionArguments))),
    ];

    private static string Result(BinaryData arguments) =>
        $"sunny in {JsonElement.Parse(arguments).GetProperty("city").GetString()}";

    private ResponsesClient Client() => new(
        new ApiKeyCredential(Canary.ClientKey),
        new ResponsesClientOptions
        {
            Endpoint = new Uri(gateway.Address, "v1"),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        });
}
