using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Lightport.Functions;

/// <summary>
/// Lifts the worker's own web server above the Functions host in front of it: what the worker itself refuses, the host
/// answers with an empty 500, after 15 s of trying.
/// </summary>
public static class WorkerLimits
{
    /// <summary>The host adds a dozen headers of its own to those that it lets in; Azure's front end more.</summary>
    private const int Headers = 200;

    private const int HeaderBytes = 64 * 1024;

    private const int RequestLineBytes = 16 * 1024;

    /// <summary>Bodies have no limit here: the gateway counts them, and answers 413 in the client's dialect.</summary>
    public static void Apply(KestrelServerOptions options)
    {
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MaxRequestHeaderCount = Headers;
        options.Limits.MaxRequestHeadersTotalSize = HeaderBytes;
        options.Limits.MaxRequestLineSize = RequestLineBytes;
    }
}
