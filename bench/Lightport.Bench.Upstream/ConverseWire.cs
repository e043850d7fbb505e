using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using static Lightport.Bench.Upstream.Wire;

namespace Lightport.Bench.Upstream;

/// <summary>
/// Bedrock's Converse, in its binary frames
/// (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html).
/// </summary>
internal static class ConverseWire
{
    private const string Usage = """
        "usage":{"inputTokens":25,"outputTokens":160,"totalTokens":185},"metrics":{"latencyMs":100}
        """;

    public static Wire Create() => new(
        Encoding.UTF8.GetBytes(OneLine($$"""
            {
              "output":{"message":{"role":"assistant","content":[{"text":"{{Prose(640)}}"}]} },
              "stopReason":"end_turn",{{Usage}}
            }
            """)),
        [Message("messageStart", """{"role":"assistant"}""")],
        Text("The light turns. "),
        [
            Message("contentBlockStop", """{"contentBlockIndex":0}"""),
            Message("messageStop", """{"stopReason":"end_turn"}"""),
            Message("metadata", $$"""{ {{Usage}} }"""),
        ],
        Repeat(Text(Prose(900)), 64))
    {
        StreamType = "application/vnd.amazon.eventstream",
    };

    private static byte[] Text(string text) =>
        Message("contentBlockDelta", $$$"""{"contentBlockIndex":0,"delta":{"text":"{{{text}}}"}}""");

    /// <summary>
    /// Two lengths and their checksum, the headers, the payload, and the checksum of all
    /// (https://docs.aws.amazon.com/transcribe/latest/dg/event-stream.html).
    /// </summary>
    private static byte[] Message(string type, string json)
    {
        byte[] payload = Encoding.UTF8.GetBytes(OneLine(json));
        byte[] headers =
        [
            .. Header(":event-type", type), .. Header(":content-type", "application/json"),
            .. Header(":message-type", "event"),
        ];
        byte[] message = new byte[12 + headers.Length + payload.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), Crc32.HashToUInt32(message.AsSpan(0, 8)));
        headers.CopyTo(message, 12);
        payload.CopyTo(message, 12 + headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(
            message.AsSpan(message.Length - 4), Crc32.HashToUInt32(message.AsSpan(0, message.Length - 4)));
        return message;
    }

    private static byte[] Header(string name, string value)
    {
        const byte Text = 7;
        return
        [
            (byte)name.Length, .. Encoding.ASCII.GetBytes(name), Text, 0, (byte)value.Length,
            .. Encoding.ASCII.GetBytes(value),
        ];
    }
}
