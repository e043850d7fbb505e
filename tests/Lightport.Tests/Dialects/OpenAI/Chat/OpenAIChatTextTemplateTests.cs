using System.Text;
using System.Text.Json;
using FsCheck;
using Lightport.Conversation;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Dialects.OpenAI.Chat;

/// <summary>A chunk that is known by the one before it tells what it tells where it is parsed.</summary>
public sealed class OpenAIChatTextTemplateTests
{
    private static readonly string[] Chunks =
    [
        Chunk("""{"index":0,"delta":{"content":"a"},"finish_reason":null}"""),
        Chunk("""{"index":0,"delta":{"content":"bcd é"},"finish_reason":null}"""),
        Chunk("""{"index":0,"delta":{"content":""},"finish_reason":null}"""),
        Chunk("""{"index":0,"delta":{"content":"a\"b\n\ud83d\ude00"},"finish_reason":null}"""),
        Chunk("""{"index":0,"delta":{"content":"a?b"},"finish_reason":null}""").Replace('?', '\u0001'),
        Chunk("""{"index":0,"delta":{"content":"unended},"finish_reason":null}"""),
        Chunk("""{"index":1,"delta":{"content":"a"},"finish_reason":null}"""),
        Chunk("""{"index":1,"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":"{}"}}]}}"""),
        Chunk("""{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}"""),
        Chunk("""{"index":0,"delta":{"content":"a","reasoning_content":"r"},"finish_reason":null}"""),
        Chunk("""{"index":0,"delta":{"content":"a"},"logprobs":{"content":[{"token":"a","logprob":-1}]}}"""),
        Chunk("""{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{"content":"a"}}"""),
        Chunk("""{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{"content":"b"}}"""),
        Chunk("""{"index":0,"delta":{"content":"a"}}""", ""","obfuscation":"x1" """),
        Chunk("""{"index":0,"delta":{"content":"abc"}}""", ""","obfuscation":"yz12345" """),
        Chunk("""{"index":0,"delta":{"content":"abc"}}""", ""","obfuscation":"y\"z" """),
        Chunk("""{"index":0,"delta":{"content":"abc"}}""", ""","obfuscation":7"""),
        Chunk("""{"index":0,"delta":{"content":"a"}}""", ""","usage":{"prompt_tokens":1,"completion_tokens":2}"""),
        Chunk("""{"index":0,"delta":{"content":"a"}}""", ""","citations":["https://a.example"]"""),
    ];

    [Fact]
    public void AnyChunks_TellWhatEachOfThemTellsWhereItIsParsed()
    {
        Arbitrary<string[]> streams = Arb.From(Gen.ArrayOf(Gen.Elements(Chunks)));

        Prop.ForAll(streams, stream => Told(stream, i => "") == Told(stream, i => new string(' ', i + 1)))
            .Check(new FsCheck.Configuration { MaxNbOfTest = 3000, QuietOnSuccess = true, Runner = Config.QuickThrowOnFailure.Runner });
    }

    [Fact]
    public void Text_LikeTheOneBefore_IsKnownByIt()
    {
        var template = new OpenAIChatTextTemplate();
        byte[] first = Encoding.UTF8.GetBytes(Chunks[13]);
        var chunk = OpenAIChatChunk.Scan(first);
        var choices = new OpenAIChatChunkChoices(first, chunk);
        Assert.True(choices.Next(out OpenAIChatChunkChoice choice));
        template.Learn(first, 0, choice.Content, chunk.Padding);

        Assert.True(template.TryRead(Encoding.UTF8.GetBytes(Chunks[14]), out ReadOnlySpan<byte> text));
        Assert.Equal("abc", Encoding.UTF8.GetString(text));
        Assert.False(template.TryRead(Encoding.UTF8.GetBytes(Chunks[15]), out _));
        Assert.False(template.TryRead(Encoding.UTF8.GetBytes(Chunks[0]), out _));
    }

    /// <param name="apart">What makes a chunk unlike those before it, in white space alone.</param>
    private static string Told(string[] stream, Func<int, string> apart)
    {
        var decoder = new OpenAIChatStreamDecoder();
        List<StreamEvent> events = [];
        for (int i = 0; i < stream.Length; i++)
        {
            byte[] data = Encoding.UTF8.GetBytes("{" + apart(i) + stream[i][1..]);
            decoder.Decode(new Frame([], data, data), events);
        }

        decoder.Complete(events);
        return string.Join('\n', events.Select(told => $"{told.GetType().Name} {JsonSerializer.Serialize<object>(told)}"));
    }

    private static string Chunk(string choices, string rest = "") =>
        """{"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[""" + choices + "]" + rest + "}";
}
