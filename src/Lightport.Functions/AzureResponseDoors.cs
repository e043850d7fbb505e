using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Lightport.Functions;

/// <summary>
/// Answers that were kept, as Azure OpenAI's clients ask for them again, by version 1 and by a dated one.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/foundry/openai/how-to/responses"/>
public sealed class AzureResponseDoors(Gateway gateway)
{
    [Function(nameof(AzureResponse))]
    public IResult AzureResponse(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openai/v1/responses/{id}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.Response, cancellationToken);

    [Function(nameof(AzureResponseRemoval))]
    public IResult AzureResponseRemoval(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "openai/v1/responses/{id}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.ResponseRemoval, cancellationToken);

    [Function(nameof(AzureResponseItems))]
    public IResult AzureResponseItems(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openai/v1/responses/{id}/input_items")]
        HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.ResponseItems, cancellationToken);

    [Function(nameof(AzureResponseCancellation))]
    public IResult AzureResponseCancellation(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "openai/v1/responses/{id}/cancel")]
        HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.ResponseCancellation, cancellationToken);

    [Function(nameof(AzureDatedResponse))]
    public IResult AzureDatedResponse(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openai/responses/{id}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.DatedResponse, cancellationToken);

    [Function(nameof(AzureDatedResponseRemoval))]
    public IResult AzureDatedResponseRemoval(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "openai/responses/{id}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.DatedResponseRemoval, cancellationToken);

    [Function(nameof(AzureDatedResponseItems))]
    public IResult AzureDatedResponseItems(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openai/responses/{id}/input_items")]
        HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.DatedResponseItems, cancellationToken);

    [Function(nameof(AzureDatedResponseCancellation))]
    public IResult AzureDatedResponseCancellation(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "openai/responses/{id}/cancel")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.DatedResponseCancellation, cancellationToken);

    [Function(nameof(AzureResponseCompaction))]
    public IResult AzureResponseCompaction(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "openai/v1/responses/compact")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.ResponseCompaction, cancellationToken);

    [Function(nameof(AzureInputTokens))]
    public IResult AzureInputTokens(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "openai/v1/responses/input_tokens")]
        HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayAzureEndpoints.InputTokens, cancellationToken);
}
