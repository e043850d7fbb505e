using System.Buffers;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Aws.Converse;
using Lightport.Enrichment.Memory;

namespace Lightport.Tests.Dialects.Aws.Converse;

/// <summary>Converse has no <c>toolChoice</c> that wants none: the last round is told the model in words.</summary>
public sealed class ConverseLastRoundTests
{
    private static readonly Message[] LastRound =
    [
        new(Role.User, [new TextPart("q")]),
        new(Role.Assistant, [new ToolCallPart("a", "f", "{}")]),
        new(Role.Tool, [new ToolResultPart("a", [new TextPart("no")])]) { EndsCalls = true },
    ];

    [Fact]
    public void ResultsThatEndCalls_SaySo_AndSayItAgainInTheNextTurn()
    {
        JsonArray last = Encode(LastRound);
        JsonArray next = Encode(
            [.. LastRound.Select(turn => SessionJson.ReadTurn(SessionJson.WriteTurn(turn))),
             new(Role.Assistant, [new TextPart("It is so.")]), new(Role.User, [new TextPart("And now?")])]);

        Assert.Equal(
            """[{"toolResult":{"toolUseId":"a","content":[{"text":"no"}]}},{"text":"Answer now with what you have: no tool can be called any more."}]""",
            last[2]!["content"]!.ToJsonString());
        Assert.Equal(last.Select(Text), next.Take(3).Select(Text));
    }

    private static string Text(JsonNode? turn) => turn!.ToJsonString();

    private static JsonArray Encode(IReadOnlyList<Message> messages)
    {
        var output = new ArrayBufferWriter<byte>();
        AwsConverseRequestEncoder.Encode(
            new ChatRequest
            {
                Dialect = DialectIds.OpenAIChat,
                Model = "m",
                Messages = messages,
                ToolChoice = ToolChoice.None,
            },
            new EncodingContext
            {
                Model = BedrockGateway.Claude,
                Traits = TargetTraits.Default,
                Losses = new LossLedger(UnsupportedPolicy.Drop, "bedrock"),
            },
            output);
        return JsonNode.Parse(output.WrittenSpan)!["messages"]!.AsArray();
    }
}
