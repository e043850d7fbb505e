using Lightport.Conversation;
using Lightport.Exchanges;
using Microsoft.AspNetCore.Http;

namespace Lightport.Doors;

/// <summary>What a client that came by a wrong path or method is told: what would be right.</summary>
internal static class WrongDoor
{
    public static GatewayError Error(HttpRequest request)
    {
        string path = request.Path.Value ?? "/";
        bool asksVerb = request.Method == HttpMethods.Post && path.LastIndexOf(':') > path.LastIndexOf('/');
        string[] methods =
        [
            .. GatewayEndpoints.All
                .Where(endpoint => endpoint.IsAt(path) && !(asksVerb && endpoint.Kind == EndpointKind.Model))
                .Select(endpoint => endpoint.Method),
        ];
        return methods.Length > 0 && !methods.Contains(request.Method, StringComparer.Ordinal)
            ? new(
                ErrorStage.Request,
                ErrorKind.MethodNotAllowed,
                StatusCodes.Status405MethodNotAllowed,
                $"This path takes {string.Join(" or ", methods)}.")
            {
                Code = "method_not_allowed",
                Headers = [new("Allow", string.Join(", ", methods))],
            }
            : new(
                ErrorStage.Request,
                ErrorKind.NotFound,
                StatusCodes.Status404NotFound,
                $"There is nothing at this path. {(asksVerb ? Verbs : Hint(path))}")
            {
                Code = "unknown_url",
            };
    }

    /// <summary>What can be asked of a model by a verb behind its name, as Gemini's clients do.</summary>
    private static string Verbs { get; } = "A model can be asked to "
        + string.Join(
            ", ",
            GatewayEndpoints.All
                .Where(endpoint => endpoint.Path.Contains("}:", StringComparison.Ordinal))
                .Select(endpoint => endpoint.Path[(endpoint.Path.IndexOf(':', StringComparison.Ordinal) + 1)..])
                .Distinct())
        + ".";

    /// <summary>
    /// Most wrong paths are a base address with the version missing or twice; else what is asked for is not served.
    /// </summary>
    private static string Hint(string path)
    {
        const string Version = "/v1/";
        const string Base = "OpenAI clients want a base address that ends in /v1, Anthropic's one that does not.";
        const string All = "GET / lists every endpoint.";
        string last = path.Replace("/v1", "", StringComparison.Ordinal);
        return GatewayEndpoints.All.FirstOrDefault(endpoint => endpoint.Path == "/v1" + last) switch
        {
            { } door => $"Did you mean {door.Method} {door.Path}? {Base} {All}",
            null when path.StartsWith(Version, StringComparison.Ordinal) =>
                $"Below {Version} this version of Lightport serves {string.Join(", ", Below(Version))}. {All}",
            null when new PathString(path).StartsWithSegments("/manage") =>
                "GET /manage/openapi.json lists the management endpoints, to whoever has the admin key.",
            null => $"{Base} {All}",
        };
    }

    private static IEnumerable<string> Below(string path) => GatewayEndpoints.All
        .Where(endpoint => endpoint.Path.StartsWith(path, StringComparison.Ordinal))
        .Select(endpoint => $"{endpoint.Method} {endpoint.Path}");
}
