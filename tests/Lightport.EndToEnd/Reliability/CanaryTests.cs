using Lightport.EndToEnd.Gateway;

namespace Lightport.EndToEnd.Reliability;

/// <summary>Neither keys nor prompts nor answers show in what the gateway prints, nor in its errors.</summary>
[Collection(GatewayGroup.Name)]
public sealed class CanaryTests(GatewayFixture gateway)
{
    [Fact]
    public async Task Output_AfterEveryKindOfRequest_HoldsNoSecretAndNoContent()
    {
        using HttpClient client = gateway.CreateClient();
        using HttpClient stranger = gateway.CreateClient(Canary.WrongKey);
        string[] models = ["oai/text", "ant/text", "oai/error-500", "ant/error-400", "oai/garbage", "oai/reset-mid", "nobody-knows"];
        foreach (string model in models)
        {
            foreach (bool stream in (bool[])[false, true])
            {
                await SendAsync(client, Requests.ChatPath, Requests.Chat(model, stream), model);
                await SendAsync(client, Requests.MessagesPath, Requests.Message(model, stream), model);
            }
        }

        await SendAsync(stranger, Requests.ChatPath, Requests.Chat("oai/text"), "a stranger");
        await SendAsync(client, Requests.ChatPath, Requests.Chat("oai/text")[..^3], "a cut body");
        await SendAsync(client, Requests.ChatPath, $$"""{"model":"{{Canary.Prompt}}""", "a cut name");

        foreach (string canary in Canary.All)
        {
            Assert.DoesNotContain(canary, gateway.Output ?? "", StringComparison.Ordinal);
        }
    }

    private static async Task SendAsync(HttpClient client, string path, string body, string what)
    {
        using HttpResponseMessage response = await client.PostAsync(path, body);
        string answer = await response.Content.ReadAsStringAsync();
        foreach (string canary in Canary.All.Where(canary => canary != Canary.Answer))
        {
            Assert.False(answer.Contains(canary, StringComparison.Ordinal), $"{what}: {answer}");
        }
    }
}
