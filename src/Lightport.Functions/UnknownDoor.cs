using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Lightport.Functions;

/// <summary>Every other path and method, so that an error is told in the client's dialect.</summary>
public sealed class UnknownDoor(Gateway gateway)
{
    /// <summary>The host tries functions by name, in the order of the alphabet: this one last.</summary>
    [Function("ZUnknown")]
    public IResult Unknown(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new GatewayResult(gateway.HandleAsync, GatewayEndpoints.Unknown, cancellationToken);
}
