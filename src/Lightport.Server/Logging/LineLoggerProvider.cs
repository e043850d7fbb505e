using Microsoft.Extensions.Logging.Abstractions;

namespace Lightport.Server.Logging;

/// <summary>Makes loggers that share one <see cref="LineWriter"/>.</summary>
internal sealed class LineLoggerProvider(LineWriter writer, TimeProvider clock) : ILoggerProvider
{
    /// <summary>
    /// The web server's own about each request. It makes an activity and a scope a request for whoever hears its
    /// errors, and has none to tell: those of requests are the server's and the gateway's, and a start that fails
    /// throws.
    /// </summary>
    private const string EachRequest = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public ILogger CreateLogger(string categoryName) => categoryName == EachRequest
        ? NullLogger.Instance
        : new LineLogger(categoryName, writer, clock);

    public void Dispose()
    {
        // The writer is the container's, which disposes it after whoever still logs.
    }
}
