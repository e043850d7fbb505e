using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace Lightport.Tests.Laws.Reading;

/// <summary>The messages of AWS's binary stream.</summary>
internal static class AwsMessages
{
    /// <summary>Where each message ends.</summary>
    public static IEnumerable<int> Ends(byte[] body)
    {
        for (int at = 0; at < body.Length;)
        {
            at += BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(at));
            yield return at;
        }
    }

    public static IEnumerable<(string Name, JsonObject Data)> Read(byte[] body)
    {
        int at = 0;
        foreach (int end in Ends(body))
        {
            int headers = BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(at + 4));
            string block = Encoding.Latin1.GetString(body, at + 12, headers);
            int name = block.IndexOf(":event-type", StringComparison.Ordinal) + ":event-type".Length;
            int length = (block[name + 1] << 8) + block[name + 2];
            yield return (
                block.Substring(name + 3, length),
                JsonNode.Parse(body.AsSpan(at + 12 + headers, end - at - headers - 16))!.AsObject());
            at = end;
        }
    }

    /// <summary>What InvokeModel carries in its chunks, as the events that Anthropic itself would send.</summary>
    public static byte[] Events(byte[] body) => Encoding.UTF8.GetBytes(string.Concat(
        Read(body).Select(message => $"data: {Chunk(message.Data)}\n\n")));

    private static string Chunk(JsonObject data) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(data.Text("bytes") ?? ""));
}
