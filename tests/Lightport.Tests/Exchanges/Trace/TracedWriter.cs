using System.IO.Pipelines;

namespace Lightport.Tests.Exchanges.Trace;

/// <summary>The client's end, which notes who writes to it.</summary>
internal sealed class TracedWriter(PipeWriter writer, RecordedTrace trace) : PipeWriter
{
    public override void Advance(int bytes) => writer.Advance(bytes);

    public override void CancelPendingFlush() => writer.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => writer.Complete(exception);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        trace.Add();
        return writer.FlushAsync(cancellationToken);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        trace.Add();
        return writer.GetMemory(sizeHint);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        trace.Add();
        return writer.GetSpan(sizeHint);
    }
}
