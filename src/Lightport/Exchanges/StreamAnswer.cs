using Lightport.Transport;
using Lightport.Transport.Body;

namespace Lightport.Exchanges;

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
