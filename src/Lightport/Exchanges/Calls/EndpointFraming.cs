using Lightport.Providers;
using Lightport.Transport.Framing;

namespace Lightport.Exchanges;

/// <summary>What an endpoint says of its framing, as what cuts a body so.</summary>
internal static class EndpointFraming
{
    /// <returns>Null where it says nothing: the dialect knows.</returns>
    public static Framing? Of(ProviderEndpoint endpoint) => endpoint.Framing switch
    {
        StreamFraming.ServerSentEvents => Framing.Events,
        StreamFraming.JsonLines => Framing.JsonLines,
        StreamFraming.JsonArray => Framing.JsonArray,
        StreamFraming.AwsEventStream => Framing.AwsEventStream,
        _ => null,
    };
}
