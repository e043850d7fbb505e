using Microsoft.AspNetCore.Http.Features;

namespace Lightport.Tests.Exchanges;

/// <summary>A response that has started once a byte of it has gone out, as a server's has.</summary>
internal sealed class ClientResponse(ClientBody body) : HttpResponseFeature
{
    public override bool HasStarted => body.Length > 0;
}
