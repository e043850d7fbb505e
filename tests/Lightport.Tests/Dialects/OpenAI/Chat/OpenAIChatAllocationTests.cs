using System.Buffers;
using System.Text;
using Lightport.Dialects;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Dialects.Passthrough;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Dialects.OpenAI.Chat;

public sealed class OpenAIChatAllocationTests
{
    private const int Chunks = 1000;

    [Fact]
    public void TranslatedChunk_AllocatesAtMost256Bytes() => Assert.InRange(
        PerChunk(DecodedCall.Relay(ChatWire.Dialect.CreateStreamDecoder(), ChatWire.Dialect.CreateStreamEncoder(ChatWire.Context(true)))),
        0,
        256);

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void PassedChunk_AllocatesNothing(bool exact, bool includeUsage) => Assert.InRange(
        PerChunk(ChatWire.Passed(
            new OpenAIChatPassing { Exact = exact, IncludeUsage = includeUsage, Response = ChatWire.Context(includeUsage) })),
        0,
        1);

    /// <summary>What is mended is written into buffers that are there already.</summary>
    [Theory]
    [InlineData("""{"reasoning":"hm"}""")]
    [InlineData("""{"content":" hello","role":"assistant"}""")]
    public void MendedChunk_AllocatesNothing(string delta) => Assert.InRange(
        PerChunk(
            ChatWire.Passed(new OpenAIChatPassing { Response = ChatWire.Context(false) }),
            $$$"""{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{{{delta}}}}]}"""),
        0,
        1);

    private static long PerChunk(AnswerRelay relay) =>
        PerChunk(relay, OpenAIChatStreamTests.Delta("""{"content":" hello"}""")[..^1] + ",\"usage\":null}");

    private static long PerChunk(AnswerRelay relay, string json)
    {
        byte[] chunk = Encoding.UTF8.GetBytes(json);
        byte[] raw = [.. "data: "u8, .. chunk, .. "\n\n"u8];
        var output = new ArrayBufferWriter<byte>(1 << 16);
        for (int i = 0; i < 10; i++)
        {
            relay.Push(new Frame([], chunk, raw), output);
        }

        // The least of three: once in a while the runtime allocates on this thread for what it compiles meanwhile.
        return Enumerable.Range(0, 3).Min(_ =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Chunks; i++)
            {
                output.ResetWrittenCount();
                relay.Push(new Frame([], chunk, raw), output);
            }

            return (GC.GetAllocatedBytesForCurrentThread() - before) / Chunks;
        });
    }
}
