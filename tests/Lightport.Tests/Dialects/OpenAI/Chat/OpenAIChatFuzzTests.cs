using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using FsCheck;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Dialects.OpenAI.Completions;
using Lightport.Dialects.Passthrough;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Dialects.OpenAI.Chat;

/// <summary>Whatever comes: nothing but a refusal is thrown, and nothing but JSON in UTF-8 goes out.</summary>
public sealed class OpenAIChatFuzzTests
{
    private static readonly string[] Words =
    [
        "{", "}", "[", "]", ":", ",", "\"id\"", "\"choices\"", "\"delta\"", "\"content\"", "\"tool_calls\"", "\"index\"",
        "\"function\"", "\"arguments\"", "\"name\"", "\"usage\"", "\"error\"", "\"finish_reason\"", "\"stop\"", "null", "0", "-1",
        "1e999", "\"\"", "\"\\ud800\"", "\"x\"", "{}", "[]", "true", "\"role\"", "\"message\"", "\"reasoning_details\"", "\"type\"",
        "\"reasoning\"", "\"model\"", "\"messages\"", "\"user\"", "\n", " ", "\u00e9",
    ];

    private static readonly string[] Bases =
    [
        """{"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"x","reasoning":"r","reasoning_details":[{"type":"reasoning.text","text":"t","signature":"s"}],"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}],"annotations":[{"type":"url_citation","url_citation":{"url":"u"}}]},"logprobs":{"content":[]},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"prompt_tokens_details":{"cached_tokens":1}},"citations":["u"]}""",
        """{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"x"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AA"}}]},{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"a","content":"x"}],"tools":[{"type":"function","function":{"name":"f"}}],"tool_choice":"auto","prompt":"x"}""",
        """{"error":{"message":"m","type":"t","code":429,"metadata":{"raw":"r"}}}""",
    ];

    [Fact]
    public void AnyText_InEveryDoor_IsReadOrRefused()
    {
        Arbitrary<string> bodies = Arb.From(Gen.OneOf(Tokens(), Mutations()));

        Prop.ForAll(bodies, Survives).Check(new FsCheck.Configuration { MaxNbOfTest = 2000, QuietOnSuccess = true, Runner = Config.QuickThrowOnFailure.Runner });
    }

    /// <summary>What random bodies have found before.</summary>
    [Theory]
    [InlineData("""{"error":{"message":"m","type":"t","code":429,"metadata":{"\ud800":"r"}}}""")]
    [InlineData("""{"choices":[{"message":{"content":"x","annotations":[{"\ud800":"u","url_citation":{"url":"u"}}]}}]}""")]
    [InlineData("""{"choices":[{"message":{"content":"x"},"logprobs":{"content":[{"token":"\ud83d","logprob":0}]}}]}""")]
    [InlineData("""{"model":"m","stream":true,"stream_options":{"\ud800":1},"messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("""{"model":"m","x":{"\ud800":["\udfff"]},"messages":[{"role":"user","content":"x"}]}""")]
    public void Finding_InEveryDoor_IsReadOrRefused(string body) => Assert.True(Survives(body));

    private static Gen<string> Tokens() =>
        Gen.ListOf(Gen.Elements(Words)).Select(words => string.Concat(words));

    /// <summary>A good body with one piece cut out and a word put in its place.</summary>
    private static Gen<string> Mutations() =>
        from body in Gen.Elements(Bases)
        from start in Gen.Choose(0, body.Length - 1)
        from length in Gen.Choose(0, 6)
        from word in Gen.Elements(Words)
        select body[..start] + word + body[Math.Min(body.Length, start + length)..];

    private static bool Survives(string text)
    {
        byte[] body = Encoding.UTF8.GetBytes(text);
        Refuses(() => Encode(ChatWire.Dialect.DecodeRequest(body)));
        Refuses(() => OpenAICompletionsRequestDecoder.Decode(JsonBody.Read(body), "m", default));
        Refuses(() => Check(ChatWire.EncodeResponse(ChatWire.Dialect.DecodeResponse(body))));
        OpenAIChatErrorReader.Read(500, body);
        foreach (bool exact in (bool[])[true, false])
        {
            var options = new OpenAIChatPassing { Exact = exact, Response = ChatWire.Context() };
            PassthroughBody read = OpenAIChatBodyReader.Read(body, options, OpenAIChatAnswerShape.Chat);
            if (read.Error is null && !exact)
            {
                Check(Encoding.UTF8.GetString(read.Body.Span));
            }

            Stream(new OpenAIChatRelay(options, OpenAIChatAnswerShape.Chat), body, exact);
            Stream(new OpenAIChatRelay(options, OpenAIChatAnswerShape.Completions), body, exact);
        }

        Stream(DecodedCall.Relay(ChatWire.Dialect.CreateStreamDecoder(), ChatWire.Dialect.CreateStreamEncoder(ChatWire.Context())), body, exact: false);
        return true;
    }

    private static void Stream(AnswerRelay relay, byte[] body, bool exact)
    {
        var output = new ArrayBufferWriter<byte>();
        for (int i = 0; i < 2; i++)
        {
            relay.Push(new Frame([], body, [.. "data: "u8, .. body, .. "\n\n"u8]), output);
        }

        relay.Complete(output);
        Assert.True(Utf8.IsValid(output.WrittenSpan));
        string sse = Encoding.UTF8.GetString(output.WrittenSpan);
        Assert.Equal(relay.Error is null, sse.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal));
        Assert.Equal(relay.Error is null ? 2 : 1, sse.Split("data: [DONE]").Length);
        if (!exact)
        {
            foreach (string frame in sse.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(f => f != "data: [DONE]"))
            {
                Check(frame["data: ".Length..]);
            }
        }
    }

    private static void Encode(ChatRequest request) =>
        Check(ChatWire.EncodeRequest(request, losses: new LossLedger(UnsupportedPolicy.Drop, "t")));

    private static void Check(string json) => JsonElement.Parse(Encoding.UTF8.GetBytes(json));

    private static void Refuses(Action action)
    {
        try
        {
            action();
        }
        catch (GatewayException exception)
        {
            Assert.InRange(exception.Error.Status, 400, 599);
        }
    }
}
