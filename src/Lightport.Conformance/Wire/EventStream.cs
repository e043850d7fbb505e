using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace Lightport.Conformance.Wire;

/// <summary>Writes messages of AWS's event stream (https://smithy.io/2.0/aws/amazon-eventstream.html).</summary>
internal static class EventStream
{
    private const byte StringHeader = 7;
    private const int Prelude = 12;
    private const int Checksum = 4;

    public static byte[] Event(string type, JsonObject payload) => Message(
        payload, (":event-type", type), (":content-type", "application/json"), (":message-type", "event"));

    public static byte[] Exception(string type, JsonObject payload) => Message(
        payload, (":exception-type", type), (":content-type", "application/json"), (":message-type", "exception"));

    private static byte[] Message(JsonObject payload, params (string Name, string Value)[] headers)
    {
        byte[] body = Encoding.UTF8.GetBytes(payload.ToJsonString());
        byte[] head = [.. headers.SelectMany(header => Header(header.Name, header.Value))];
        byte[] message = new byte[Prelude + head.Length + body.Length + Checksum];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), head.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), Crc32(message.AsSpan(0, 8)));
        head.CopyTo(message, Prelude);
        body.CopyTo(message, Prelude + head.Length);
        BinaryPrimitives.WriteUInt32BigEndian(
            message.AsSpan(message.Length - Checksum), Crc32(message.AsSpan(..^Checksum)));
        return message;
    }

    private static IEnumerable<byte> Header(string name, string value) =>
    [
        (byte)name.Length, .. Encoding.ASCII.GetBytes(name), StringHeader,
        (byte)(value.Length >> 8), (byte)value.Length, .. Encoding.ASCII.GetBytes(value),
    ];

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in bytes)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
