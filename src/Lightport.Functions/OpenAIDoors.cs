using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Lightport.Functions;

/// <summary>What OpenAI's clients post to.</summary>
public sealed class OpenAIDoors(Gateway gateway)
{
    [Function(nameof(ChatCompletions))]
    public IResult ChatCompletions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/chat/completions")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.ChatCompletions, cancellationToken);

    [Function(nameof(Completions))]
    public IResult Completions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/completions")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.Completions, cancellationToken);

    [Function(nameof(Embeddings))]
    public IResult Embeddings(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/embeddings")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.Embeddings, cancellationToken);

    [Function(nameof(Responses))]
    public IResult Responses(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/responses")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.Responses, cancellationToken);

    [Function(nameof(InputTokens))]
    public IResult InputTokens(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/responses/input_tokens")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.InputTokens, cancellationToken);
}
