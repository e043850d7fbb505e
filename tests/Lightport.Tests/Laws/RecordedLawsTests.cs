using Lightport.Dialects;
using Lightport.Tests.Laws.Clients;
using Xunit.Abstractions;

namespace Lightport.Tests.Laws;

/// <summary>
/// Real answers of some thirty providers, through the whole gateway to a client of every served dialect, held to the
/// laws of an answer: whole, in pieces of every size, and cut off between any two frames.
/// </summary>
public sealed class RecordedLawsTests(ITestOutputHelper output)
{
    private static readonly string[] Spoken =
    [
        DialectIds.OpenAIChat, DialectIds.AnthropicMessages, DialectIds.GoogleGemini, DialectIds.OpenAIResponses,
        DialectIds.AwsConverse, DialectIds.AnthropicBedrock,
    ];

    /// <summary>Completions are handed on, and told to nobody else.</summary>
    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>
            {
                { DialectIds.OpenAICompletions, DialectIds.OpenAICompletions },
            };
            foreach (string provider in Spoken)
            {
                foreach (ServedClient client in ServedClient.All)
                {
                    pairs.Add(provider, client.Dialect);
                }
            }

            return pairs;
        }
    }

    [SharedTheory("recorded")]
    [MemberData(nameof(Pairs))]
    public async Task Recorded_ThroughTheGateway_KeepEveryLaw(string provider, string client)
    {
        using var replay = new Replay(ServedClient.Of(client));
        foreach (RecordedAnswer recorded in Recordings.All.Where(recorded => recorded.Dialect == provider))
        {
            await replay.RunAsync(recorded);
        }

        output.WriteLine($"{provider} → {client}: {replay.Counts}");
        Assert.True(replay.Holds, replay.Report);
    }

    [SharedFact("recorded")]
    public void Recordings_AreReplayedOrSkippedForAReason()
    {
        foreach ((string dialect, int count) in Recordings.All.CountBy(recorded => recorded.Dialect))
        {
            output.WriteLine($"{count} replayed: {dialect}");
        }

        foreach ((string reason, int count) in Recordings.Skipped)
        {
            output.WriteLine($"{count} skipped: {reason}");
        }

        Assert.Equal(
            Spoken.Append(DialectIds.OpenAICompletions).Order(StringComparer.Ordinal),
            Recordings.All.Select(recorded => recorded.Dialect).Distinct().Order(StringComparer.Ordinal));
        Assert.True(Recordings.All.Count > 2000, $"{Recordings.All.Count}");
    }
}
