using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport;

/// <summary>Opens the gateway's doors in an ASP.NET Core app: Server's, or one that has the gateway inside.</summary>
public static class GatewayMapping
{
    /// <summary>
    /// Opens every door of <see cref="GatewayEndpoints"/>, and those that the host has registered as a
    /// <see cref="GatewayEndpoint"/>; <c>AddLightport</c> comes before it.
    /// </summary>
    public static void MapLightport(this IEndpointRouteBuilder app)
    {
        Gateway gateway = app.ServiceProvider.GetRequiredService<Gateway>();
        IEnumerable<GatewayEndpoint> added = app.ServiceProvider.GetServices<GatewayEndpoint>();
        foreach (GatewayEndpoint endpoint in GatewayEndpoints.All.Concat(added))
        {
            string pattern = endpoint.TakesSlashes
                ? endpoint.Path.Replace("{", "{**", StringComparison.Ordinal)
                : endpoint.Path;
            Task Answer(HttpContext context) => gateway.HandleAsync(endpoint, context, CancellationToken.None);
            IEndpointConventionBuilder mapped = endpoint.Method == "*"
                ? app.Map(pattern, Answer)
                : app.MapMethods(pattern, [endpoint.Method], Answer);
            mapped.WithName(endpoint.Name);
        }
    }
}
