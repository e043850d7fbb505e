using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Lightport.Doors;

/// <summary>A door among the endpoints of an app, at its place or below a path.</summary>
internal static class MappedDoor
{
    /// <summary>
    /// Names the door for logs alone, since an endpoint's own name is unique in an app; has what is no door of the
    /// gateway's purpose give way to the app's own; and takes what it was mapped below off its path.
    /// </summary>
    public static void Settle(this IEndpointConventionBuilder mapped, GatewayEndpoint endpoint, RoutePattern pattern)
    {
        mapped
            .WithDisplayName($"Lightport {endpoint.Name}")
            .WithOrder(OrderOf(endpoint.Kind))
            .WithMetadata(BodyLimit.Instance);
        mapped.Add(builder =>
        {
            RoutePattern whole = ((RouteEndpointBuilder)builder).RoutePattern;
            int above = whole.PathSegments.Count - pattern.PathSegments.Count;
            if (above > 0 && builder.RequestDelegate is { } answer)
            {
                builder.RequestDelegate = context => AnswerBelowAsync(above, answer, context);
            }
        });
    }

    /// <summary>An app's fallback is the last of all, as the door to nothing is.</summary>
    private static int OrderOf(EndpointKind kind) => kind switch
    {
        EndpointKind.Unknown => int.MaxValue,
        EndpointKind.Welcome or EndpointKind.Probe or EndpointKind.Health or EndpointKind.Live => 1,
        _ => 0,
    };

    /// <summary>
    /// Moves what stands above the gateway into the base of the path, as a branch of an app's pipeline does: doors,
    /// hints and what no page may reach are known by the path from there on.
    /// </summary>
    private static async Task AnswerBelowAsync(int above, RequestDelegate answer, HttpContext context)
    {
        HttpRequest request = context.Request;
        (PathString outer, PathString whole) = (request.PathBase, request.Path);
        string path = whole.Value!;
        int end = 0;
        for (int segment = 0; segment < above && end >= 0; segment++)
        {
            end = path.IndexOf('/', end + 1);
        }

        (request.PathBase, request.Path) = end < 0
            ? (outer.Add(whole), "/")
            : (outer.Add(path[..end]), path[end..]);
        try
        {
            await answer(context).ConfigureAwait(false);
        }
        finally
        {
            (request.PathBase, request.Path) = (outer, whole);
        }
    }
}
