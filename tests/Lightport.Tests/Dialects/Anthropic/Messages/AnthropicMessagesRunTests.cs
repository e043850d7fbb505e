using System.Text;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Anthropic.Messages;
using Lightport.Dialects.Json;

namespace Lightport.Tests.Dialects.Anthropic.Messages;

/// <summary>What clients of Messages are told of the gateway's runs, and bring back.</summary>
public sealed class AnthropicMessagesRunTests
{
    private static readonly IdSeal Seal = new("a secret that nobody else has");

    private static AnswerContext Context => Wire.Context with { Seal = Seal, Losses = new AnswerLosses() };

    [Fact]
    public void Run_IsABlockAndItsResultAnother()
    {
        JsonArray blocks = Blocks(ToldRuns.Answer);
        string find = (string)blocks[1]!["id"]!;
        string drop = (string)blocks[2]!["id"]!;

        Wire.Same(
            $$$"""
            [{"type":"mcp_tool_use","id":"{{{find}}}","name":"find","input":{"q":1},"server_name":"docs"},
             {"type":"mcp_tool_use","id":"{{{drop}}}","name":"drop","input":{},"server_name":"docs"},
             {"type":"mcp_tool_result","tool_use_id":"{{{find}}}","is_error":false,"content":[{"type":"text","text":"one"}]},
             {"type":"mcp_tool_result","tool_use_id":"{{{drop}}}","is_error":true,"content":[{"type":"text","text":"no"}]},
             {"type":"text","text":"Done."}]
            """,
            new JsonArray([.. blocks.Skip(1).Select(block => block!.DeepClone())]));
        Assert.Matches("^mcptoolu_lpm_[a-zA-Z0-9_-]+$", find);
        Assert.Equal("thinking", (string?)blocks[0]!["type"]);
    }

    [Fact]
    public void Run_Streamed_FoldsIntoTheWhole()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var encoder = new AnthropicMessagesStreamEncoder(Context);
        foreach (StreamEvent told in ResponseReplay.Events(ToldRuns.Answer))
        {
            encoder.Encode(told, output);
        }

        encoder.Complete(output);
        string stream = Encoding.UTF8.GetString(output.WrittenSpan);
        JsonArray whole = Blocks(ToldRuns.Answer);

        MessagesStreamLaws.Check(stream);
        Assert.Contains(
            $$$"""{"type":"content_block_start","index":1,"content_block":{"type":"mcp_tool_use","id":"{{{whole[1]!["id"]}}}","name":"find","input":{"q":1},"server_name":"docs"}}""",
            stream,
            StringComparison.Ordinal);
        Assert.Contains(
            """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"q\":1}"}}""",
            stream,
            StringComparison.Ordinal);
        Assert.Contains(
            $$$"""{"type":"content_block_start","index":3,"content_block":{{{whole[3]!.ToJsonString()}}}}""",
            stream,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ThatComesBack_IsWhatWasTold() =>
        ToldRuns.Same(ToldRuns.Answer.Choices[0].Parts, Decode(Blocks(ToldRuns.Answer)).Messages[1].Parts);

    [Theory]
    [InlineData(1, "name", "drop", "messages[1].content[1].id")]
    [InlineData(1, "server_name", "crm", "messages[1].content[1].id")]
    [InlineData(1, "id", "mcptoolu_lpm_AAAAAAAAAAAAAAAA0pcall_1", "messages[1].content[1].id")]
    [InlineData(3, "tool_use_id", "mcptoolu_lpm_AAAAAAAAAAAAAAAA0pcall_1", "messages[1].content[3].tool_use_id")]
    public void Run_ThatWasChanged_Is400ThatNamesIt(int block, string field, string value, string path)
    {
        JsonArray blocks = Blocks(ToldRuns.Answer);
        blocks[block]![field] = value;

        GatewayError error = Assert.Throws<GatewayException>(() => Decode(blocks)).Error;

        Assert.Equal((400, path, "invalid_seal"), (error.Status, error.Param, error.Code));
    }

    [Fact]
    public void Run_InAUserTurn_Is400()
    {
        byte[] body = Encoding.UTF8.GetBytes(
            $$"""{"model":"m","max_tokens":9,"messages":[{"role":"user","content":{{Blocks(ToldRuns.AnswerOf(ToldRuns.Find)).ToJsonString()}}}]}""");

        Assert.Equal(400, Assert.Throws<GatewayException>(() => AnthropicMessagesRequestDecoder.Decode(
            JsonBody.Read(body), CancellationToken.None, seal: Seal)).Error.Status);
    }

    [Fact]
    public void Run_OfTheProviderItself_StaysAsItIs()
    {
        JsonArray blocks = JsonNode.Parse("""
            [{"type":"mcp_tool_use","id":"mcptoolu_01","name":"f","server_name":"d","input":{}},
             {"type":"mcp_tool_result","tool_use_id":"mcptoolu_01","is_error":false,"content":[]}]
            """)!.AsArray();

        Assert.Collection(
            Decode(blocks).Messages[1].Parts,
            part => Assert.IsType<ServerToolCallPart>(part),
            part => Assert.IsType<ServerToolResultPart>(part));
    }

    private static JsonArray Blocks(ChatResponse answer) =>
        Wire.Encode(answer, Context)["content"]!.DeepClone().AsArray();

    private static ChatRequest Decode(JsonArray blocks) => AnthropicMessagesRequestDecoder.Decode(
        JsonBody.Read(Encoding.UTF8.GetBytes($$"""
            {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"q"},
             {"role":"assistant","content":{{blocks.ToJsonString()}} }]}
            """)),
        CancellationToken.None,
        seal: Seal);
}
