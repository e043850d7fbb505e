using System.Buffers.Binary;
using System.Text;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Transport.Framing;

/// <summary>Writes messages of an AWS event stream.</summary>
internal static class AwsEventStream
{
    public static byte[] Event(string type, string payload) =>
        Message(payload, (":message-type", "event"), (":event-type", type), (":content-type", "application/json"));

    public static byte[] Exception(string type, string payload) =>
        Message(payload, (":message-type", "exception"), (":exception-type", type));

    /// <param name="headers">Strings, all of them.</param>
    public static byte[] Message(string payload, params (string Name, string Value)[] headers)
    {
        var block = new List<byte>();
        foreach ((string name, string value) in headers)
        {
            block.AddRange([(byte)name.Length, .. Encoding.UTF8.GetBytes(name), 7]);
            block.AddRange([(byte)(value.Length >> 8), (byte)value.Length, .. Encoding.UTF8.GetBytes(value)]);
        }

        return Message([.. block], Encoding.UTF8.GetBytes(payload));
    }

    public static byte[] Message(byte[] headers, byte[] payload)
    {
        byte[] message = new byte[16 + headers.Length + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), Crc32.Of(message.AsSpan(0, 8)));
        headers.CopyTo(message, 12);
        payload.CopyTo(message, 12 + headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(message.Length - 4), Crc32.Of(message.AsSpan(..^4)));
        return message;
    }
}
