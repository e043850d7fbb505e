using Lightport.Management;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Lightport.Functions;

/// <summary>
/// The configuration, for whoever runs the gateway. The level is anonymous because the gateway asks for the
/// admin key itself.
/// </summary>
public sealed class ManageConfigurationDoors(Gateway gateway)
{
    [Function("ManageConfig")]
    public IResult Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/config")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, ManagementEndpoints.Config, cancellationToken);

    [Function("ManageConfigApply")]
    public IResult Apply(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "manage/config")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, ManagementEndpoints.ConfigApply, cancellationToken);

    [Function("ManageConfigVersions")]
    public IResult List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/config/versions")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, ManagementEndpoints.Versions, cancellationToken);

    [Function("ManageConfigRollback")]
    public IResult RollBack(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "manage/config/rollback")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, ManagementEndpoints.Rollback, cancellationToken);
}
