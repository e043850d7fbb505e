namespace Lightport.Cli.Tests.Running;

/// <summary>Bytes that come so many at a time, as a network brings them.</summary>
internal sealed class PieceStream(byte[] bytes, int length) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(length, buffer.Length)], cancellationToken);

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(length, buffer.Length)]);
}
