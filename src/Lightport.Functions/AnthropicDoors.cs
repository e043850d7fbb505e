using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Lightport.Functions;

/// <summary>What Anthropic's clients post to.</summary>
public sealed class AnthropicDoors(Gateway gateway)
{
    [Function(nameof(Messages))]
    public IResult Messages(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/messages")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.Messages, cancellationToken);

    [Function(nameof(CountTokens))]
    public IResult CountTokens(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/messages/count_tokens")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.CountTokens, cancellationToken);
}
