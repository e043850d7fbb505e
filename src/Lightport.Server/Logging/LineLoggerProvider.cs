namespace Lightport.Server.Logging;

/// <summary>Makes loggers that share one <see cref="LineWriter"/>.</summary>
internal sealed class LineLoggerProvider(LineWriter writer, TimeProvider clock) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName, writer, clock);

    public void Dispose()
    {
        // The writer is the container's, which disposes it after whoever still logs.
    }
}
