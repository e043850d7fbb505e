using Lightport.Management;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Lightport.Functions;

/// <summary>
/// What else whoever runs the gateway looks at. The level is anonymous because the gateway asks for the
/// admin key itself.
/// </summary>
public sealed class ManageServiceDoors(Gateway gateway)
{
    [Function("ManageUsage")]
    public IResult Usage(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/usage")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, ManagementEndpoints.Usage, cancellationToken);

    [Function("ManageRequest")]
    public IResult Receipt(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/requests/{id}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, ManagementEndpoints.RequestReceipt, cancellationToken);

    [Function("ManagePrices")]
    public IResult Prices(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/prices")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, ManagementEndpoints.Prices, cancellationToken);

    [Function("ManageMcp")]
    public IResult McpServers(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/mcp")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, ManagementEndpoints.McpServers, cancellationToken);

    [Function("ManageMcpApprove")]
    public IResult McpApprove(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "manage/mcp/{id}/approve")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, ManagementEndpoints.McpApprove, cancellationToken);

    [Function("ManageExplain")]
    public IResult Explain(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "manage/explain")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, ManagementEndpoints.Explain, cancellationToken);

    [Function("ManageHealth")]
    public IResult Health(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/health")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, ManagementEndpoints.Health, cancellationToken);

    [Function("ManageOpenApi")]
    public IResult OpenApi(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/openapi.json")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, ManagementEndpoints.OpenApi, cancellationToken);

    [Function("Metrics")]
    public IResult Metrics(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "metrics")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, ManagementEndpoints.Metrics, cancellationToken);
}
