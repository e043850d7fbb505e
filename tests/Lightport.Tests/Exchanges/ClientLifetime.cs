using Microsoft.AspNetCore.Http.Features;

namespace Lightport.Tests.Exchanges;

/// <summary>The connection, which either side may end.</summary>
internal sealed class ClientLifetime(CancellationToken aborted) : IHttpRequestLifetimeFeature
{
    public CancellationToken RequestAborted { get; set; } = aborted;

    /// <summary>The gateway broke the connection off.</summary>
    public bool BrokenOff { get; private set; }

    public void Abort() => BrokenOff = true;
}
