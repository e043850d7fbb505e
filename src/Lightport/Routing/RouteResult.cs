using System.Diagnostics.CodeAnalysis;
using Lightport.Conversation;

namespace Lightport.Routing;

/// <summary>Either the route of a request or why there is none.</summary>
public readonly struct RouteResult
{
    public RouteResult(Route route) => Route = route;

    public RouteResult(GatewayError error) => Error = error;

    public Route? Route { get; }

    public GatewayError? Error { get; }

    [MemberNotNullWhen(true, nameof(Route))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Found => Route is not null;
}
