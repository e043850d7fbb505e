using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Lightport.Functions;

/// <summary>
/// What Gemini's clients post to. A model's name may hold slashes, so that it takes all of the path, whose end tells
/// the doors apart.
/// </summary>
public sealed class GoogleDoors(Gateway gateway)
{
    [Function(nameof(GenerateContent))]
    public IResult GenerateContent(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/{*model:regex(^.+:generateContent$)}")]
        HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.GenerateContent, cancellationToken);

    [Function(nameof(GenerateContentBeta))]
    public IResult GenerateContentBeta(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1beta/{*model:regex(^.+:generateContent$)}")]
        HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.GenerateContentBeta, cancellationToken);

    [Function(nameof(StreamGenerateContent))]
    public IResult StreamGenerateContent(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/{*model:regex(^.+:streamGenerateContent$)}")]
        HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.StreamGenerateContent, cancellationToken);

    [Function(nameof(StreamGenerateContentBeta))]
    public IResult StreamGenerateContentBeta(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1beta/{*model:regex(^.+:streamGenerateContent$)}")]
        HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.StreamGenerateContentBeta, cancellationToken);

    [Function(nameof(GeminiCountTokens))]
    public IResult GeminiCountTokens(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/{*model:regex(^.+:countTokens$)}")]
        HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.GeminiCountTokens, cancellationToken);

    [Function(nameof(GeminiCountTokensBeta))]
    public IResult GeminiCountTokensBeta(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1beta/{*model:regex(^.+:countTokens$)}")]
        HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.GeminiCountTokensBeta, cancellationToken);

    [Function(nameof(Interactions))]
    public IResult Interactions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/interactions")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.Interactions, cancellationToken);

    [Function(nameof(InteractionsBeta))]
    public IResult InteractionsBeta(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1beta/interactions")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.InteractionsBeta, cancellationToken);
}
