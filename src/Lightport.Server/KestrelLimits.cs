using Lightport.Admission;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Lightport.Server;

/// <summary>What Kestrel is told, so that limits are answered by the gateway in the client's dialect.</summary>
internal static class KestrelLimits
{
    public static void Apply(KestrelServerOptions options)
    {
        options.AddServerHeader = false;

        // The request guard answers a body that is too long; Kestrel's own limit stands just behind it.
        options.Limits.MaxRequestBodySize = RequestGuard.MaxBodyBytes + 1;
    }
}
