using Lightport.Admission;
using Microsoft.AspNetCore.Http.Metadata;

namespace Lightport.Doors;

/// <summary>
/// Has the web server take bodies as long as the gateway does, whatever it takes elsewhere in the app: the request
/// guard answers a longer one in the client's dialect, and the server's own limit stands just behind it.
/// </summary>
internal sealed class BodyLimit : IRequestSizeLimitMetadata
{
    public static BodyLimit Instance { get; } = new();

    public long? MaxRequestBodySize => RequestGuard.MaxBodyBytes + 1;
}
