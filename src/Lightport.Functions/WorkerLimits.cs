using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Lightport.Functions;

/// <summary>Lifts the worker's own web server to the limits of the Functions host in front of it.</summary>
public static class WorkerLimits
{
    /// <summary>What the host lets through, in bytes.</summary>
    /// <seealso href="https://learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook-trigger"/>
    public const long RequestBytes = 104_857_600;

    /// <summary>Kestrel's own 30,000,000 bytes would end in an empty 500; the gateway says 413 itself.</summary>
    public static void Apply(KestrelServerOptions options) => options.Limits.MaxRequestBodySize = RequestBytes;
}
