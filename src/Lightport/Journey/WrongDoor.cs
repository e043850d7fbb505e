using Lightport.Conversation;
using Microsoft.AspNetCore.Http;

namespace Lightport.Journey;

/// <summary>What a client that came by a wrong path or method is told: what would be right.</summary>
internal static class WrongDoor
{
    public static GatewayError Error(HttpRequest request)
    {
        string path = request.Path.Value ?? "/";
        string[] methods =
        [
            .. GatewayEndpoints.All.Where(endpoint => endpoint.IsAt(path)).Select(endpoint => endpoint.Method),
        ];
        return methods.Length > 0
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
                $"There is nothing at this path. {Hint(path)} GET / lists every endpoint.")
            {
                Code = "unknown_url",
            };
    }

    /// <summary>Most wrong paths are a base address with the version missing or twice.</summary>
    private static string Hint(string path)
    {
        string last = path.Replace("/v1", "", StringComparison.Ordinal);
        string meant = GatewayEndpoints.All.FirstOrDefault(endpoint => endpoint.Path == "/v1" + last) is { } door
            ? $"Did you mean {door.Method} {door.Path}? "
            : "";
        return meant + "OpenAI clients want a base address that ends in /v1, Anthropic's one that does not.";
    }
}
