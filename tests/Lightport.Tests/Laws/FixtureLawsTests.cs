using Lightport.Dialects;
using Lightport.Tests.Laws.Clients;

namespace Lightport.Tests.Laws;

/// <summary>The same laws over answers written by hand, so that they are held where no recordings are.</summary>
public sealed class FixtureLawsTests
{
    public static TheoryData<string, string> Passages
    {
        get
        {
            var passages = new TheoryData<string, string>();
            foreach (RecordedAnswer fixture in Fixtures.All)
            {
                foreach (string client in Clients(fixture.Dialect))
                {
                    passages.Add(fixture.Dialect + ": " + fixture.Id, client);
                }
            }

            return passages;
        }
    }

    [Theory]
    [MemberData(nameof(Passages))]
    public async Task Fixture_ThroughTheGateway_KeepsEveryLaw(string fixture, string client)
    {
        using var replay = new Replay(ServedClient.Of(client));
        await replay.RunAsync(Fixtures.All.Single(one => one.Dialect + ": " + one.Id == fixture));
        Assert.True(replay.Holds, replay.Report);
    }

    private static IEnumerable<string> Clients(string provider) => provider == DialectIds.OpenAICompletions
        ? [DialectIds.OpenAICompletions]
        : ServedClient.All.Select(client => client.Dialect);
}
