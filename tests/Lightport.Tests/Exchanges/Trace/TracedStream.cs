using System.Text;

namespace Lightport.Tests.Exchanges.Trace;

/// <summary>A body that notes who reads it.</summary>
internal sealed class TracedStream(string text, RecordedTrace trace) : MemoryStream(Encoding.UTF8.GetBytes(text))
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        trace.Add();
        return base.ReadAsync(buffer, cancellationToken);
    }
}
