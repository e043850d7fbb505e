using System.Text;
using System.Text.Json;
using FsCheck;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Anthropic.Messages;
using Lightport.Dialects.Json;

namespace Lightport.Tests.Dialects.Anthropic.Messages;

/// <summary>Whatever comes in, nothing but a clear error comes out.</summary>
public sealed class AnthropicMessagesFuzzTests
{
    private const string Answer = """
        {"id":"msg_1","type":"message","role":"assistant","model":"c","content":[{"type":"text","text":"a\ud83d"},
         {"type":"thinking","thinking":"t","signature":"lp1.x.s.AA"},{"type":"redacted_thinking","data":"d"},
         {"type":"server_tool_use","id":"s","name":"n","input":{"a":[1]}},{"type":"tool_use","id":"t","name":"f","input":{"a":1}}],
         "stop_reason":"tool_use","stop_details":{},"usage":{"input_tokens":1,"output_tokens":2,"cache_creation":{}}}
        """;

    private const string Request = """
        {"model":"m","max_tokens":9,"system":"s","messages":[{"role":"user","content":[{"type":"text","text":"q"},
         {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA"}}]},{"role":"assistant","content":[
         {"type":"tool_use","id":"t","name":"f","input":{"a":1}}]},{"role":"user","content":[{"type":"tool_result",
         "tool_use_id":"t","content":[{"type":"tool_reference","tool_name":"x"}]}]}],"tools":[{"name":"f","input_schema":{}}],
         "thinking":{"type":"enabled","budget_tokens":2000},"output_config":{"format":{"type":"json_schema","schema":{}}}}
        """;

    private static readonly string Stream = string.Join("\n\n",
    [
        """data: {"type":"message_start","message":{"id":"msg_1","model":"c","usage":{"input_tokens":1,"output_tokens":1}}}""",
        """data: {"type":"content_block_start","index":0,"content_block":{"type":"server_tool_use","id":"s","name":"n","input":{}}}""",
        """data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"a\":1}"}}""",
        """data: {"type":"content_block_stop","index":0}""",
        """data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":"a","citations":[{"type":"x"}]}}""",
        """data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"\ud83d\n"}}""",
        """data: {"type":"content_block_stop","index":1}""",
        """data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}}}""",
        """data: {"type":"content_block_stop","index":2}""",
        """data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":3}}""",
        """data: {"type":"message_stop"}""",
        "",
    ]) + "\n";

    [Fact]
    public void DecodeRequest_AnyBytes_NeverThrowsAnythingElse() => ForMutations(Request, bytes =>
    {
        try
        {
            ChatRequest request = Wire.Dialect.DecodeRequest(bytes);
            Wire.Encode(request);
        }
        catch (GatewayException)
        {
            // The one exception that a coder may throw.
        }
    });

    [Fact]
    public void DecodeResponse_AnyBytes_NeverThrowsAnythingElse() => ForMutations(Answer, bytes =>
    {
        try
        {
            Wire.Encode(Wire.Dialect.DecodeResponse(bytes));
        }
        catch (GatewayException)
        {
            // The one exception that a coder may throw.
        }
    });

    [Fact]
    public void DecodeStream_AnyBytesAnyCuts_GivesValidJsonOrAnError() => ForMutations(Stream, bytes =>
    {
        string text = Encoding.Latin1.GetString(bytes);
        for (int piece = 1; piece <= 64; piece *= 8)
        {
            string sse = Wire.EncodeStream(Wire.Decode(text, piece));
            foreach (string line in sse.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)))
            {
                JsonElement.Parse(line[6..]);
            }

            Wire.Relay(text, piece);
        }
    });

    [Fact]
    public void ReadError_AnyBytes_NeverThrows() => ForMutations(
        """{"type":"error","error":{"type":"api_error","message":"m\ud83d","details":{"a":1}}}""",
        bytes => Assert.NotEmpty(AnthropicMessagesErrors.Read(500, bytes).Message));

    [Fact]
    public void Text_AnyEscapes_AreReadWithoutThrowing() => Prop.ForAll<byte[]>(bytes =>
        LenientText.Decode([.. "\\u12"u8, .. bytes, .. "\\ud83d\\u"u8], escaped: true).Length >= 0)
        .QuickCheckThrowOnFailure();

    /// <summary>The sound text with some bytes replaced, and cut anywhere; and bytes that mean nothing.</summary>
    private static void ForMutations(string sound, Action<byte[]> check)
    {
        byte[] whole = Encoding.UTF8.GetBytes(sound);
        Arbitrary<int[]> edits = Arb.From(Gen.ArrayOf(5, Gen.Choose(0, (whole.Length * 256) - 1)));
        Prop.ForAll(edits, edit =>
        {
            byte[] mutated = [.. whole];
            foreach (int one in edit.Skip(1).Take(edit[0] % 5))
            {
                mutated[one / 256] = (byte)one;
            }

            check(mutated);
            check(mutated[..(edit[0] / 256)]);
        }).Check(new FsCheck.Configuration { MaxNbOfTest = 500, QuietOnSuccess = true, Runner = Config.QuickThrowOnFailure.Runner });
        Prop.ForAll<byte[]>(check).QuickCheckThrowOnFailure();
    }
}
