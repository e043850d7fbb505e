using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Examples;

public sealed class StickyCacheTests : IDisposable
{
    private readonly TestGateway _gateway = ExampleGateway.Open("sticky-cache");

    [Fact]
    public async Task Sessions_AreSpreadOverFourKeys_AndEachStaysAtItsOwn()
    {
        const int sessions = 200;
        var counts = new Dictionary<string, int>();
        for (int session = 0; session < sessions; session++)
        {
            string key = await KeyAsync($"session-{session}");
            Assert.Equal(key, await KeyAsync($"session-{session}"));
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        Assert.Equal(4, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, sessions / 8, sessions / 2));
    }

    [Fact]
    public async Task KeyThatIsRefused_GivesItsSessionToAnother_AlwaysTheSame()
    {
        string own = await KeyAsync("one");

        _gateway.Upstream.Answer(ScriptedResponse.Error(401));
        string other = await KeyAsync("one");
        _gateway.Upstream.Answer(ScriptedResponse.Error(401));

        Assert.NotEqual(own, other);
        Assert.Equal(other, await KeyAsync("one"));
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<string> KeyAsync(string session)
    {
        Assert.Equal(200, (await _gateway.Answers().AskAsync(session: session)).Status);
        return _gateway.Upstream.Last.Header("Authorization")!;
    }
}
