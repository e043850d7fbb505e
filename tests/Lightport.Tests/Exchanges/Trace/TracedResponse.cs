using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Lightport.Tests.Exchanges.Trace;

/// <summary>A response whose writer is a <see cref="TracedWriter"/>.</summary>
internal sealed class TracedResponse(Stream body, RecordedTrace trace) : IHttpResponseBodyFeature
{
    public Stream Stream => body;

    public PipeWriter Writer { get; } = new TracedWriter(PipeWriter.Create(body), trace);

    public Task CompleteAsync() => Task.CompletedTask;

    public void DisableBuffering()
    {
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
}
