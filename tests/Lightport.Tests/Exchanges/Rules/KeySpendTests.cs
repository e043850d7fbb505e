namespace Lightport.Tests.Exchanges.Rules;

/// <summary>Rules that go by what a key has spent.</summary>
public sealed class KeySpendTests
{
    [Fact]
    public async Task KeyThatHasSpentEnoughOfTheDay_GoesElsewhereUntilItsEnd()
    {
        using var gateway = new TestGateway("""
            models:
              gpt: [openai/gpt-4o]
              cheap: [groq/llama-3.1-8b-instant]
            rules:
              - { name: thrift, when: "key.spend.day > 0.00005 && key.spend.month > 0.00005", route: cheap }
            """);
        string[] told = new string[3];
        for (int i = 0; i < told.Length; i++)
        {
            if (i == 2)
            {
                gateway.Clock.Advance(TimeSpan.FromDays(1));
            }

            gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
            ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("gpt", Wires.Chat));
            told[i] = call.Header("x-lightport-provider")!;
        }

        Assert.Equal(["openai", "groq", "openai"], told);
    }
}
