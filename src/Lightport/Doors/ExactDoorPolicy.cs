using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace Lightport.Doors;

/// <summary>
/// Has a path that is a door's own, letter by letter, lead there at once. Without it the matcher would ask of each
/// request whether it is meant for the doors that take any path below theirs as well (a model's name with slashes, and
/// what is no door), and cut these names out, only to prefer the door that it began with. It decides once, where the
/// app builds its endpoints; those of the app itself stay as they are.
/// </summary>
/// <remarks>
/// <see href="https://learn.microsoft.com/aspnet/core/fundamentals/routing">Routing in ASP.NET Core</see>.
/// </remarks>
internal sealed class ExactDoorPolicy : MatcherPolicy, INodeBuilderPolicy
{
    /// <summary>After methods and hosts: only what both lead to is left then.</summary>
    public override int Order => int.MaxValue;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        endpoints.Count > 1
        && endpoints[0] is RouteEndpoint { RoutePattern.Parameters.Count: 0 } first
        && IsDoor(first)
        && endpoints.Any(TakesAnyPath);

    public IReadOnlyList<PolicyNodeEdge> GetEdges(IReadOnlyList<Endpoint> endpoints) =>
        [new PolicyNodeEdge(this, [.. endpoints.Where(endpoint => !TakesAnyPath(endpoint))])];

    public PolicyJumpTable BuildJumpTable(int exitDestination, IReadOnlyList<PolicyJumpTableEdge> edges) =>
        new OneWay(edges[0].Destination);

    private static bool IsDoor(Endpoint endpoint) => endpoint.Metadata.GetMetadata<BodyLimit>() is not null;

    private static bool TakesAnyPath(Endpoint endpoint) =>
        endpoint is RouteEndpoint route
        && IsDoor(route)
        && route.RoutePattern.Parameters.Any(parameter => parameter.IsCatchAll);

    private sealed class OneWay(int destination) : PolicyJumpTable
    {
        public override int GetDestination(HttpContext httpContext) => destination;
    }
}
