using Lightport.EndToEnd.Gateway;

namespace Lightport.EndToEnd.Reliability;

/// <summary>Neither keys nor prompts nor answers show in what the gateway prints, nor in its errors.</summary>
[Collection(GatewayGroup.Name)]
public sealed class CanaryTests(GatewayFixture gateway)
{
    private static readonly string[] Models =
        ["oai/text", "ant/text", "oai/error-500", "ant/error-400", "oai/garbage", "oai/reset-mid", "nobody-knows"];

    [Fact]
    public async Task Output_AfterEveryKindOfRequest_HoldsNoSecretAndNoContent()
    {
        using HttpClient client = gateway.CreateClient();
        using HttpClient stranger = gateway.CreateClient(Canary.WrongKey);
        foreach (string model in Models)
        {
            foreach (bool stream in (bool[])[false, true])
            {
                await AssertCleanAsync(client.AskAsync(Requests.ChatPath, model, stream), model);
                await AssertCleanAsync(client.AskAsync(Requests.MessagesPath, model, stream), model);
            }
        }

        string cut = Requests.Body(Requests.ChatPath, "oai/text", stream: false)[..^3];
        await AssertCleanAsync(stranger.AskAsync(Requests.ChatPath, "oai/text"), "a stranger");
        await AssertCleanAsync(client.PostAsync(Requests.ChatPath, cut), "a cut body");
        await AssertCleanAsync(client.PostAsync(Requests.ChatPath, $"{{\"model\":\"{Canary.Prompt}"), "a cut name");

        foreach (string canary in Canary.All)
        {
            Assert.DoesNotContain(canary, gateway.Output ?? "", StringComparison.Ordinal);
        }
    }

    private static async Task AssertCleanAsync(Task<HttpResponseMessage> asking, string what)
    {
        using HttpResponseMessage response = await asking;
        string answer = await (await response.Content.ReadAsStreamAsync()).ReadWhatComesAsync();
        foreach (string canary in Canary.All.Where(canary => canary != Canary.Answer))
        {
            Assert.False(answer.Contains(canary, StringComparison.Ordinal), $"{what}: {answer}");
        }
    }
}
