using Xunit.Abstractions;

namespace Lightport.Tests.Prefix;

/// <summary>
/// Conversations of every oddity, each request of which goes through the whole gateway: for one target the encoding of
/// a history and one more turn begins with the encoding of that history.
/// </summary>
public sealed class PrefixTests(ITestOutputHelper output) : IDisposable
{
    private const int Talks = 80;

    private readonly PrefixGateway _gateway = new();

    public static TheoryData<string, string> Pairs => PrefixTargets.Pairs;

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task History_WithOneMoreTurn_BeginsAsItWas(string client, string target)
    {
        var watch = new PrefixWatch(PrefixTargets.Folding(target, client));
        for (int seed = 0; seed < Talks; seed++)
        {
            Talk talk = TalkMaker.Make(client, seed, PrefixTargets.HidesBilling(target, client) && seed % 4 == 0);
            if (PrefixTargets.CanHold(target, talk))
            {
                IReadOnlyList<string>? bodies = await _gateway.SendAsync(talk, target, new Random(seed));
                watch.Compare($"seed {seed}", Assert.IsAssignableFrom<IReadOnlyList<string>>(bodies));
            }
        }

        output.WriteLine($"{client} → {target}: {watch.Pairs} pairs of requests");
        Assert.True(watch.Holds, watch.Report);
        Assert.NotEqual(0, watch.Pairs);
    }

    public void Dispose() => _gateway.Dispose();
}
