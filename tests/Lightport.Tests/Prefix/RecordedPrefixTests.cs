using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Tests.Laws;
using Xunit.Abstractions;

namespace Lightport.Tests.Prefix;

/// <summary>Real clients' conversations of several turns, asked again turn by turn as they grew.</summary>
public sealed class RecordedPrefixTests(ITestOutputHelper output) : IDisposable
{
    private readonly PrefixGateway _gateway = new();

    /// <summary>Those whose recordings hold conversations that can be asked again.</summary>
    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (object[] pair in PrefixTargets.Pairs.Where(
                pair => (string)pair[0] is DialectIds.OpenAIChat or DialectIds.AnthropicMessages))
            {
                pairs.Add((string)pair[0], (string)pair[1]);
            }

            return pairs;
        }
    }

    [SharedTheory("recorded")]
    [MemberData(nameof(Pairs))]
    public async Task Recorded_WithOneMoreTurn_BeginsAsItWas(string client, string target)
    {
        var watch = new PrefixWatch(PrefixTargets.Folding(target, client));
        int talks = 0;
        int refused = 0;
        foreach (RecordedAnswer recorded in Recordings.All.Where(recorded => recorded.Dialect == client))
        {
            if (Read(recorded) is not { Asked.Count: > 1 } talk || !PrefixTargets.CanHold(target, talk))
            {
                continue;
            }

            talks++;
            if (await _gateway.SendAsync(talk, target, new Random(talks)) is { } bodies)
            {
                watch.Compare(recorded.Id, bodies);
            }
            else
            {
                refused++;
            }
        }

        output.WriteLine(
            $"{client} → {target}: {talks} conversations, {refused} of them refused, {watch.Pairs} pairs of requests");
        Assert.True(watch.Holds, watch.Report);
        Assert.NotEqual(0, watch.Pairs);
    }

    public void Dispose() => _gateway.Dispose();

    /// <summary>The request as the last of a conversation that asked before each of the model's turns.</summary>
    private static Talk? Read(RecordedAnswer recorded)
    {
        if (!recorded.Request.StartsWith('{')
            || JsonNode.Parse(recorded.Request) is not JsonObject request
            || request["messages"] is not JsonArray { Count: > 1 } messages)
        {
            return null;
        }

        request.Remove("messages");
        var talk = new Talk(recorded.Dialect, request);
        foreach (JsonNode? message in messages)
        {
            bool answers = Role(message) == "assistant" && talk.Messages.Count > 0;
            if (answers && Role(talk.Messages[^1]) is "user" or "tool" or "function")
            {
                talk.Ask();
            }

            talk.Messages.Add(message!.DeepClone());
        }

        talk.Ask();
        return talk;
    }

    private static string? Role(JsonNode? message) => (string?)message?["role"];
}
