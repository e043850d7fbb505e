using Lightport.Dialects;
using Lightport.Doors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport;

/// <summary>Opens the gateway's doors in an ASP.NET Core app: Server's, or one that has the gateway inside.</summary>
public static class GatewayMapping
{
    /// <summary>
    /// Opens every door of <see cref="GatewayEndpoints"/>, and those that the host has registered as a
    /// <see cref="GatewayEndpoint"/>; <c>AddLightport</c> comes before it.
    /// </summary>
    /// <returns>All doors, for what the app wants of each: a host, a limit, no metrics.</returns>
    /// <exception cref="InvalidOperationException">A door is of a dialect that nobody registered.</exception>
    public static IEndpointConventionBuilder MapLightport(this IEndpointRouteBuilder app)
    {
        Gateway gateway = app.ServiceProvider.GetRequiredService<Gateway>();
        RouteGroupBuilder doors = app.MapGroup("");
        GatewayEndpoint[] all =
            [.. GatewayEndpoints.All, .. app.ServiceProvider.GetServices<GatewayEndpoint>()];
        DialectRegistry dialects = app.ServiceProvider.GetRequiredService<DialectRegistry>();
        foreach (GatewayEndpoint endpoint in all)
        {
            if (endpoint.Dialect is { } dialect && !dialects.Serves(dialect, endpoint.Operation))
            {
                throw new InvalidOperationException(
                    $"The door {endpoint.Name} is of the dialect '{dialect}', and no {nameof(DialectOperation)} of "
                    + $"that name and of {endpoint.Operation} with a served part is registered.");
            }

            RoutePattern pattern = PatternOf(endpoint, all);
            Task Answer(HttpContext context) => gateway.HandleAsync(endpoint, context, CancellationToken.None);
            IEndpointConventionBuilder mapped = doors.Map(pattern, Answer);
            if (endpoint.Method != "*")
            {
                mapped.WithMetadata(new HttpMethodMetadata([endpoint.Method]));
            }

            mapped.Settle(endpoint, pattern);
        }

        return doors;
    }

    /// <summary>
    /// A name with slashes takes all that is left, so that what must follow it is asked for beside it; of two doors the
    /// one of which more must follow is meant.
    /// </summary>
    private static RoutePattern PatternOf(GatewayEndpoint endpoint, GatewayEndpoint[] all)
    {
        if (!endpoint.TakesSlashes)
        {
            return RoutePatternFactory.Parse(endpoint.Path);
        }

        int close = endpoint.Path.IndexOf('}', StringComparison.Ordinal);
        string begin = endpoint.Path[..(close + 1)];
        string after = endpoint.Path[(close + 1)..];
        string pattern = begin.Replace("{", "{**", StringComparison.Ordinal);
        if (after.Length == 0)
        {
            return RoutePatternFactory.Parse(pattern);
        }

        string[] longer =
        [
            .. from other in all
               where other.TakesSlashes && other.Path.StartsWith(begin, StringComparison.Ordinal)
               let ending = other.Path[begin.Length..]
               where ending.Length > after.Length && ending.EndsWith(after, StringComparison.Ordinal)
               select ending,
        ];
        string name = begin[(begin.IndexOf('{', StringComparison.Ordinal) + 1)..close];
        return RoutePatternFactory.Parse(
            pattern, defaults: null, new RouteValueDictionary { [name] = new EndingConstraint(after, longer) });
    }
}
