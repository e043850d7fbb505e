using System.Text;
using FsCheck;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Aws;
using Lightport.Dialects.Aws.Claude;
using Lightport.Dialects.Aws.Converse;
using Lightport.Tests.Dialects.Aws.Converse;
using Lightport.Tests.Transport.Framing;
using Lightport.Transport.Framing;
using Random = System.Random;

namespace Lightport.Tests.Dialects.Aws;

/// <summary>Whatever comes in, nothing but a clear error comes out.</summary>
public sealed class AwsFuzzTests
{
    private static readonly string[] Events =
    [
        "messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata",
        "throttlingException", "chunk", "",
    ];

    private const string Payload = """
        {"contentBlockIndex":1,"delta":{"toolUse":{"input":"{\ud83d"},"text":"a"},"start":{"toolUse":{"toolUseId":"t","name":"n"}},
         "stopReason":"tool_use","usage":{"inputTokens":1},"bytes":"e30=","message":"m"}
        """;

    /// <summary>Sound frames around payloads of any bytes, in any order.</summary>
    [Fact]
    public void Decoder_AnyPayloads_NeverThrows() => ForMutations(Payload, (bytes, random) =>
    {
        var decoder = new AwsConverseStreamDecoder(new AnswerLosses());
        var events = new List<StreamEvent>();
        using var reader = new AwsEventStreamFrameReader();
        for (int i = 0; i < 8; i++)
        {
            SseCutter.Feed(reader, Message(Events[random.Next(Events.Length)], bytes, random.Next(5) == 0));
            while (reader.TryRead(out Frame frame))
            {
                decoder.Decode(frame, events);
            }
        }

        if (!decoder.Ended)
        {
            decoder.Complete(events);
        }

        var whole = new StreamAccumulator();
        events.ForEach(whole.Add);
    });

    [Fact]
    public void ClaudeReader_AnyPayloads_GivesEventsOrAMalformedFrame() => ForMutations(Payload, (bytes, random) =>
    {
        using var reader = new AwsClaudeFrameReader();
        SseCutter.Feed(reader, Message(Events[random.Next(Events.Length)], bytes, random.Next(5) == 0));
        try
        {
            while (reader.TryRead(out Frame frame))
            {
                Assert.True(frame.Raw.EndsWith("\n\n"u8));
                Assert.Equal(0, frame.Data.Count((byte)'\n'));
            }
        }
        catch (MalformedFrameException)
        {
            // The one exception that a reader may throw.
        }
    });

    [Fact]
    public void WholeAnswer_AnyBytes_IsAnAnswerOrAnError() => ForMutations(ConverseWire.Answer, (bytes, _) =>
    {
        try
        {
            AwsConverseResponseDecoder.Decode(bytes, new AnswerLosses());
        }
        catch (GatewayException)
        {
            // The one exception that a coder may throw.
        }
    });

    [Fact]
    public void ReadError_AnyBytes_NeverThrows() => ForMutations(
        """{"Output":{"__type":"a#B:c"},"message":"m\ud83d"}""",
        (bytes, _) => Assert.NotEmpty(AwsErrors.Read(500, static _ => null, bytes).Message));

    /// <summary>Any bytes as frames: malformed, or nothing yet; and never held beyond the limit.</summary>
    [Fact]
    public void FrameReader_AnyBytes_NeverLoops() => Prop.ForAll<byte[]>(bytes =>
    {
        using var reader = new AwsEventStreamFrameReader();
        try
        {
            SseCutter.Feed(reader, bytes);
            while (reader.TryRead(out _))
            {
                // Each frame takes bytes away, so that there is an end.
            }
        }
        catch (IOException)
        {
            // Malformed, or longer than the limit.
        }
    }).QuickCheckThrowOnFailure();

    private static byte[] Message(string name, byte[] payload, bool isException)
    {
        string kind = isException ? "exception" : "event";
        var headers = new List<byte>();
        foreach ((string field, string value) in (ReadOnlySpan<(string, string)>)[(":message-type", kind), ($":{kind}-type", name)])
        {
            headers.AddRange([(byte)field.Length, .. Encoding.UTF8.GetBytes(field), 7, 0, (byte)value.Length]);
            headers.AddRange(Encoding.UTF8.GetBytes(value));
        }

        return AwsEventStream.Message([.. headers], payload);
    }

    /// <summary>The sound text with some bytes replaced, and cut anywhere; and bytes that mean nothing.</summary>
    private static void ForMutations(string sound, Action<byte[], Random> check)
    {
        byte[] whole = Encoding.UTF8.GetBytes(sound);
        for (int seed = 0; seed < 1500; seed++)
        {
            var random = new Random(seed);
            byte[] mutated = [.. whole];
            for (int i = random.Next(5); i > 0; i--)
            {
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            }

            check(mutated, random);
            check(mutated[..random.Next(mutated.Length)], random);
        }

        Prop.ForAll<byte[]>(bytes => check(bytes, new Random(bytes.Length))).QuickCheckThrowOnFailure();
    }
}
