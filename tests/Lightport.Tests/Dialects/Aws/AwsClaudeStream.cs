using System.Text;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Transport.Framing;

namespace Lightport.Tests.Dialects.Aws;

/// <summary>A stream of Messages as Bedrock frames it: each event base64 in a message of its own.</summary>
internal static class AwsClaudeStream
{
    public const string MediaType = "application/vnd.amazon.eventstream";

    /// <param name="events">Server-sent events, as Anthropic would send them.</param>
    public static byte[] Of(string events) =>
    [
        .. events.Split('\n')
            .Where(line => line.StartsWith("data: ", StringComparison.Ordinal))
            .SelectMany(line => Chunk(line[6..])),
    ];

    public static byte[] Chunk(string data) => AwsEventStream.Event(
        "chunk", $$"""{"bytes":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(data))}}","p":"abcd"}""");

    public static ScriptedResponse Answer(params IEnumerable<byte[]> pieces) =>
        ScriptedResponse.Of(MediaType, [.. pieces.SelectMany(piece => piece)]);
}
