using Lightport.Transport;
using Lightport.Transport.Body;

namespace Lightport.Journey;

/// <summary>What an attempt brought: a whole body, or a stream that has begun.</summary>
internal abstract class Answer : IDisposable
{
    /// <summary>The provider's headers that the client should see.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}

/// <summary>A whole answer in the client's dialect.</summary>
internal sealed class WholeAnswer(ReadOnlyMemory<byte> body, string mediaType, params PooledBuffer?[] buffers) : Answer
{
    public ReadOnlyMemory<byte> Body => body;

    public string MediaType => mediaType;

    protected override void Dispose(bool disposing)
    {
        foreach (PooledBuffer? buffer in buffers)
        {
            buffer?.Dispose();
        }
    }
}

/// <summary>A stream whose first content has come; the rest follows as it is pumped.</summary>
internal sealed class StreamAnswer(
    UpstreamResponse response, StreamPump pump, PooledBuffer pending, AttemptClock clock, ComposedCall call) : Answer
{
    public StreamPump Pump => pump;

    /// <summary>What is ready for the client already.</summary>
    public PooledBuffer Pending => pending;

    /// <summary>Ends the attempt when it falls silent, or when the client goes.</summary>
    public AttemptClock Clock => clock;

    protected override void Dispose(bool disposing)
    {
        response.Dispose();
        pump.Dispose();
        pending.Dispose();
        clock.Dispose();
        call.Dispose();
    }
}
