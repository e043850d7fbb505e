using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Examples;

public sealed class CanaryTests : IDisposable
{
    private const string Canary = "gpt-5-mini";

    private readonly TestGateway _gateway = ExampleGateway.Open("canary");

    [Fact]
    public async Task Sessions_OneInTwentyIsTheCanarys_AndEachStays()
    {
        const int sessions = 600;
        int moved = 0;
        for (int session = 0; session < sessions; session++)
        {
            string model = await ModelAsync($"session-{session}");
            Assert.Equal(model, await ModelAsync($"session-{session}"));
            moved += model == Canary ? 1 : 0;
        }

        Assert.InRange((double)moved / sessions, 0.03, 0.07);
    }

    [Fact]
    public async Task CanaryThatFails_IsAnsweredForByTheOther()
    {
        int session = 0;
        while (await ModelAsync($"session-{session}") != Canary)
        {
            session++;
        }

        _gateway.Upstream.Answer(ScriptedResponse.Error(500));

        Assert.Equal("gpt-4.1", await ModelAsync($"session-{session}"));
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<string> ModelAsync(string session) =>
        (await _gateway.Answers().AskAsync(session: session)).Header("x-lightport-model")!;
}
