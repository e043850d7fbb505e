using Microsoft.AspNetCore.Http;

namespace Lightport.Functions;

/// <summary>
/// Hands a request to the gateway when the worker runs results on the real <see cref="HttpContext"/>, where an answer
/// can stream. The gateway ends it with the client's connection, or with an error when the function's time is up.
/// </summary>
/// <param name="handle"><see cref="Gateway.HandleAsync"/>, which answers errors too and never throws.</param>
/// <param name="endpoint">The door that was opened.</param>
/// <param name="functionToken">Fires at <c>functionTimeout</c>, when the connection's own token may not.</param>
public sealed class GatewayResult(
    Func<GatewayEndpoint, HttpContext, CancellationToken, Task> handle,
    GatewayEndpoint endpoint,
    CancellationToken functionToken) : IResult
{
    public GatewayEndpoint Endpoint { get; } = endpoint;

    public Task ExecuteAsync(HttpContext httpContext) => handle(Endpoint, httpContext, functionToken);
}
