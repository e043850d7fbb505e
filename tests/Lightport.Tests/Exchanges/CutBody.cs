namespace Lightport.Tests.Exchanges;

/// <summary>A whole body that is read in pieces of one size.</summary>
internal sealed class CutBody(byte[] bytes, int piece) : MemoryStream(bytes, writable: false)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Read(buffer.Span[..Math.Min(buffer.Length, piece)]));
}
