using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Lightport.Functions;

/// <summary>Answers that were kept, as OpenAI's clients ask for them again.</summary>
public sealed class ResponseDoors(Gateway gateway)
{
    [Function(nameof(Response))]
    public IResult Response(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/responses/{id}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.Response, cancellationToken);

    [Function(nameof(ResponseRemoval))]
    public IResult ResponseRemoval(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/responses/{id}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.ResponseRemoval, cancellationToken);

    [Function(nameof(ResponseItems))]
    public IResult ResponseItems(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/responses/{id}/input_items")]
        HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.ResponseItems, cancellationToken);

    [Function(nameof(ResponseCancellation))]
    public IResult ResponseCancellation(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/responses/{id}/cancel")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.ResponseCancellation, cancellationToken);

    [Function(nameof(ResponseCompaction))]
    public IResult ResponseCompaction(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/responses/compact")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.ResponseCompaction, cancellationToken);
}
