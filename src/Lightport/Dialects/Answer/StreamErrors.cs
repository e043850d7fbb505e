using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>What is wrong with a stream that is none, whoever's dialect it is in.</summary>
internal static class StreamErrors
{
    public static GatewayError NotJson { get; } =
        GatewayError.BadUpstream("The provider sent a stream event that is not valid JSON.", ErrorStage.Stream);

    public static GatewayError BrokenOff { get; } =
        GatewayError.BadUpstream("The provider's stream ended before the answer was complete.", ErrorStage.Stream);

    public static GatewayError NoAnswer { get; } =
        GatewayError.BadUpstream("The provider ended its stream without an answer.", ErrorStage.Stream);
}
