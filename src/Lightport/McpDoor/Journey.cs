using Microsoft.AspNetCore.Http;

namespace Lightport.McpDoor;

/// <summary>The gateway's own answer to a request at one of its doors: <see cref="Gateway.HandleAsync"/>.</summary>
internal delegate Task Journey(GatewayEndpoint endpoint, HttpContext context, CancellationToken cancellationToken);
