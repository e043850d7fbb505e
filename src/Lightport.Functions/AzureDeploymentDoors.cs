using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Lightport.Functions;

/// <summary>
/// What Azure OpenAI's clients call by a dated <c>api-version</c>. A deployment's name may hold slashes, so that what
/// follows it is asked for by its end. No path may fit two of them: the host takes the first by name, but the worker
/// routes once more, and fails where two fit equally well.
/// </summary>
public sealed class AzureDeploymentDoors(Gateway gateway)
{
    private const string Deployments = "openai/deployments/{*model:regex(^.+";

    [Function(nameof(AzureDeploymentChatCompletions))]
    public IResult AzureDeploymentChatCompletions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Deployments + "/chat/completions$)}")]
        HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.DeploymentChatCompletions, cancellationToken);

    [Function(nameof(AzureDeploymentCompletions))]
    public IResult AzureDeploymentCompletions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Deployments + "(?<!/chat)/completions$)}")]
        HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.DeploymentCompletions, cancellationToken);

    [Function(nameof(AzureDeploymentEmbeddings))]
    public IResult AzureDeploymentEmbeddings(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Deployments + "/embeddings$)}")]
        HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.DeploymentEmbeddings, cancellationToken);

    [Function(nameof(AzureDatedResponses))]
    public IResult AzureDatedResponses(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "openai/responses")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.DatedResponses, cancellationToken);

    [Function(nameof(AzureDatedModels))]
    public IResult AzureDatedModels(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openai/models")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.DatedModels, cancellationToken);
}
