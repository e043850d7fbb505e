using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Lightport.Functions;

/// <summary>The models that a client may ask for.</summary>
public sealed class ModelDoors(Gateway gateway)
{
    [Function(nameof(Models))]
    public IResult Models(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/models")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.Models, cancellationToken);

    /// <summary>A name may hold slashes, but must be there: the list's function sorts after this one.</summary>
    [Function(nameof(Model))]
    public IResult Model(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/models/{*id:minlength(1)}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.Model, cancellationToken);

    [Function(nameof(ModelsBeta))]
    public IResult ModelsBeta(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1beta/models")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.ModelsBeta, cancellationToken);

    [Function(nameof(ModelBeta))]
    public IResult ModelBeta(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1beta/models/{*id:minlength(1)}")]
        HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.ModelBeta, cancellationToken);
}
