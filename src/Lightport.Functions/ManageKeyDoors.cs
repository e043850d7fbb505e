using Lightport.Management;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Lightport.Functions;

/// <summary>
/// Client keys, for whoever runs the gateway. The level is anonymous because the gateway asks for the
/// admin key itself.
/// </summary>
public sealed class ManageKeyDoors(Gateway gateway)
{
    [Function("ManageKeys")]
    public IResult List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/keys")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, ManagementEndpoints.Keys, cancellationToken);

    [Function("ManageKeyCreate")]
    public IResult Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "manage/keys")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, ManagementEndpoints.KeyCreate, cancellationToken);

    [Function("ManageKey")]
    public IResult Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/keys/{id}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, ManagementEndpoints.Key, cancellationToken);

    [Function("ManageKeyChange")]
    public IResult Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "manage/keys/{id}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, ManagementEndpoints.KeyChange, cancellationToken);

    [Function("ManageKeyRemove")]
    public IResult Remove(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "manage/keys/{id}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, ManagementEndpoints.KeyRemove, cancellationToken);

    [Function("ManageKeyRotate")]
    public IResult Rotate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "manage/keys/{id}/rotate")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, ManagementEndpoints.KeyRotate, cancellationToken);
}
