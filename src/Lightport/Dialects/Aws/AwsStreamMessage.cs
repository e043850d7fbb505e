using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.Aws;

/// <summary>
/// What a message of an AWS event stream is: an event, an exception of the service, or an error of the connection.
/// </summary>
internal static class AwsStreamMessage
{
    /// <summary>Whether it is an event; a message that does not say what it is counts as one.</summary>
    public static bool IsEvent(in Frame message) =>
        AwsEventStreamHeaders.Find(message.Raw, ":message-type"u8) is var type
        && (type.IsEmpty || type.SequenceEqual("event"u8));

    /// <summary>Why the stream breaks off here.</summary>
    public static GatewayError ErrorOf(in Frame message)
    {
        string type = Encoding.UTF8.GetString(message.Name);
        ReadOnlySpan<byte> said = AwsEventStreamHeaders.Find(message.Raw, ":error-message"u8);
        return AwsErrors.InStream(type, said.IsEmpty ? PayloadMessage(message.Data) : Encoding.UTF8.GetString(said));
    }

    private static string? PayloadMessage(ReadOnlySpan<byte> payload)
    {
        try
        {
            return payload.IsEmpty ? null : AwsErrors.MessageOf(ProviderJson.Parse(payload));
        }
        catch (Exception malformed) when (ProviderJson.IsMalformed(malformed))
        {
            // The type alone tells what it is.
            return null;
        }
    }
}
