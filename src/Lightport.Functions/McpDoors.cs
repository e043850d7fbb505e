using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Lightport.Functions;

/// <summary>The gateway as an MCP server, and whose tokens open it.</summary>
public sealed class McpDoors(Gateway gateway)
{
    [Function(nameof(Mcp))]
    public IResult Mcp(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "mcp")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.Mcp, cancellationToken);

    [Function(nameof(OAuthResource))]
    public IResult OAuthResource(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ".well-known/oauth-protected-resource")]
        HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.OAuthResource, cancellationToken);

    [Function(nameof(OAuthResourceMcp))]
    public IResult OAuthResourceMcp(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ".well-known/oauth-protected-resource/mcp")]
        HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.OAuthResourceMcp, cancellationToken);
}
