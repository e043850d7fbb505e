using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Lightport.Functions;

/// <summary>Whether anybody is there.</summary>
public sealed class ServiceDoors(Gateway gateway)
{
    [Function(nameof(Health))]
    public IResult Health(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.Health, cancellationToken);

    [Function("HealthLive")]
    public IResult Live(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/live")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.Live, cancellationToken);

    /// <summary>The root has no route of its own on Functions: an empty one means the function's name.</summary>
    [Function(nameof(Welcome))]
    public IResult Welcome(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{root:maxlength(0)?}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.Welcome, cancellationToken);

    [Function(nameof(WelcomeProbe))]
    public IResult WelcomeProbe(
        [HttpTrigger(AuthorizationLevel.Anonymous, "head", Route = "{root:maxlength(0)?}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.WelcomeProbe, cancellationToken);

    [Function(nameof(HelloProbe))]
    public IResult HelloProbe(
        [HttpTrigger(AuthorizationLevel.Anonymous, "head", Route = "api/hello")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.HelloProbe, cancellationToken);
}
