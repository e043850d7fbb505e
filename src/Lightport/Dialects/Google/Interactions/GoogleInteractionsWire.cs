using Lightport.Conversation;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Words of the Interactions wire (https://ai.google.dev/api/interactions-api).</summary>
internal static class GoogleInteractionsWire
{
    public static GatewayError NotJson { get; } = GatewayError.BadUpstream(
        "The provider sent an event that is not valid JSON.", ErrorStage.Stream);

    public static GatewayError BrokenOff { get; } = GatewayError.BadUpstream(
        "The provider's stream ended before the interaction was complete.", ErrorStage.Stream);
}
