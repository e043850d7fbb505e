using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Lightport.Functions;

/// <summary>What Azure OpenAI's clients call by its version 1.</summary>
public sealed class AzureDoors(Gateway gateway)
{
    [Function(nameof(AzureChatCompletions))]
    public IResult AzureChatCompletions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "openai/v1/chat/completions")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.ChatCompletions, cancellationToken);

    [Function(nameof(AzureCompletions))]
    public IResult AzureCompletions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "openai/v1/completions")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.Completions, cancellationToken);

    [Function(nameof(AzureEmbeddings))]
    public IResult AzureEmbeddings(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "openai/v1/embeddings")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.Embeddings, cancellationToken);

    [Function(nameof(AzureResponses))]
    public IResult AzureResponses(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "openai/v1/responses")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.Responses, cancellationToken);

    [Function(nameof(AzureModels))]
    public IResult AzureModels(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openai/v1/models")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.Models, cancellationToken);

    [Function(nameof(AzureModel))]
    public IResult AzureModel(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openai/v1/models/{*id:minlength(1)}")]
        HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.Model, cancellationToken);
}
