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
    public static IEndpointConventionBuilder MapLightport(this IEndpointRouteBuilder app)
    {
        Gateway gateway = app.ServiceProvider.GetRequiredService<Gateway>();
        RouteGroupBuilder doors = app.MapGroup("");
        IEnumerable<GatewayEndpoint> added = app.ServiceProvider.GetServices<GatewayEndpoint>();
        foreach (GatewayEndpoint endpoint in GatewayEndpoints.All.Concat(added))
        {
            string pattern = endpoint.TakesSlashes
                ? endpoint.Path.Replace("{", "{**", StringComparison.Ordinal)
                : endpoint.Path;
            Task Answer(HttpContext context) => gateway.HandleAsync(endpoint, context, CancellationToken.None);
            IEndpointConventionBuilder mapped = endpoint.Method == "*"
                ? doors.Map(pattern, Answer)
                : doors.MapMethods(pattern, [endpoint.Method], Answer);
            mapped.Settle(endpoint, RoutePatternFactory.Parse(pattern));
        }

        return doors;
    }
}
