using Lightport.Conversation;
using Lightport.Transport.Framing;

namespace Lightport.Journey;

/// <summary>Failures of a connection, in words for the client. An exception's own message never gets out.</summary>
internal static class StreamErrors
{
    public static GatewayError Broken(Exception e, string provider) =>
        e is FrameTooLargeException
            ? GatewayError.BadUpstream(e.Message, ErrorStage.Stream) with { Provider = provider, Retryable = false }
            : GatewayError.BadUpstream($"{provider} broke off before its answer was complete.", ErrorStage.Stream) with
            {
                Provider = provider,
            };
}
