using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Lightport.Functions;

/// <summary>Interactions that were kept, as Google's clients ask for them again.</summary>
public sealed class InteractionDoors(Gateway gateway)
{
    [Function(nameof(Interaction))]
    public IResult Interaction(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/interactions/{id}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.Interaction, cancellationToken);

    [Function(nameof(InteractionRemoval))]
    public IResult InteractionRemoval(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/interactions/{id}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.InteractionRemoval, cancellationToken);

    [Function(nameof(InteractionCancellation))]
    public IResult InteractionCancellation(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/interactions/{id}/cancel")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.InteractionCancellation, cancellationToken);

    [Function(nameof(InteractionBeta))]
    public IResult InteractionBeta(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1beta/interactions/{id}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.InteractionBeta, cancellationToken);

    [Function(nameof(InteractionRemovalBeta))]
    public IResult InteractionRemovalBeta(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1beta/interactions/{id}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.InteractionRemovalBeta, cancellationToken);

    [Function(nameof(InteractionCancellationBeta))]
    public IResult InteractionCancellationBeta(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1beta/interactions/{id}/cancel")]
        HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.InteractionCancellationBeta, cancellationToken);
}
