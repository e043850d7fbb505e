using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Tests.Prefix;
using Xunit.Abstractions;

namespace Lightport.Tests.Dialects.Aws.Converse;

/// <summary>The encoding of a history and one more turn begins with the encoding of that history.</summary>
public sealed class ConversePrefixTests(ITestOutputHelper output)
{
    private const int Talks = 80;

    [Theory]
    [InlineData(DialectIds.OpenAIChat)]
    [InlineData(DialectIds.AnthropicMessages)]
    public void History_WithOneMoreTurn_BeginsAsItWas(string client)
    {
        int pairs = 0;
        foreach (string model in ConverseEncoding.Models)
        {
            for (int seed = 0; seed < Talks; seed++)
            {
                Talk talk = TalkMaker.Make(client, seed);
                var settings = new Random(seed);
                Sent? before = null;
                foreach (int count in talk.Asked)
                {
                    JsonObject body = ConverseEncoding.Write(client, talk.Request(count, "m", settings), model);
                    Sent now = Read(body, before);
                    string? breach = before is null ? null : PrefixLaw.Broken(before, now, Folding.Blocks);
                    Assert.True(breach is null, $"{model}, seed {seed}: {breach}");
                    Assert.DoesNotContain(StrictBedrock.Complaints(body), one => !IsOfTheTalk(one));
                    pairs += before is null ? 0 : 1;
                    before = now;
                }
            }
        }

        output.WriteLine($"{client}: {pairs} pairs of requests");
        Assert.NotEqual(0, pairs);
    }

    /// <summary>The made-up talks leave calls without results, which is their client's own doing.</summary>
    private static bool IsOfTheTalk(string complaint) => complaint.Contains("expected results", StringComparison.Ordinal);

    /// <summary>
    /// What a model reads of it; marks of the cache move with each request. A choice of no tool has no word on this wire:
    /// it takes the tools away for that one request.
    /// </summary>
    private static Sent Read(JsonObject body, Sent? before) => new(
        body["toolConfig"] is null && before is not null ? before.Tools : Offered(body),
        Blocks(body["system"]),
        [
            .. body["messages"]!.AsArray().Select(message => new SentMessage(
                string.Join('\n', Blocks(message!["content"])),
                (string)message["role"]!,
                (string)message["role"]!,
                Blocks(message["content"]))),
        ]);

    /// <summary>What is declared for the history's sake alone, where no tool is offered, makes room for one that is.</summary>
    private static string[] Offered(JsonObject body) =>
        [.. Blocks(body["toolConfig"]?["tools"]).Where(tool => !tool.Contains("Called earlier;", StringComparison.Ordinal))];

    private static string[] Blocks(JsonNode? list) =>
        [.. (list as JsonArray ?? []).Where(block => block!["cachePoint"] is null).Select(block => PlainJson.Of(block!))];
}
