using System.Buffers;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Exchanges;

/// <summary>
/// Drives one streamed answer: reads the provider's bytes, cuts them into frames, and has the relay write what the
/// client gets. First up to the answer's first content, while another attempt could still take over; then to the end.
/// </summary>
internal sealed class StreamPump(Stream body, IAnswerRelay relay, AttemptClock clock, KeyMask mask) : IDisposable
{
    private const int ReadBytes = 4096;

    /// <summary>The most that is held back for want of content; past it the attempt counts as begun.</summary>
    private const int MaxHeldBytes = 256 * 1024;

    private readonly SseFrameReader _frames = new();
    private bool _bodyEnded;
    private bool _finished;

    public IAnswerRelay Relay => relay;

    private bool IsOver => relay.Ended || relay.Error is not null;

    /// <summary>
    /// Reads until there is content, an end or an error. Nothing of it has reached the client. What came in the same
    /// read behind the first content waits for <see cref="RunAsync"/>, so that packets do not decide the outcome.
    /// </summary>
    public async ValueTask PrimeAsync(PooledBuffer pending)
    {
        while (!IsDecided(pending))
        {
            await ReadAsync().ConfigureAwait(false);
            while (!IsDecided(pending) && TryRead(out Frame frame))
            {
                Push(frame, pending);
            }

            if (_bodyEnded && !IsDecided(pending))
            {
                Finish(pending, null);
            }
        }

        clock.Pause();
    }

    /// <summary>Pumps to the answer's end, at the client's pace.</summary>
    public async ValueTask RunAsync(ClientStream client)
    {
        await RelayAsync(client).ConfigureAwait(false);
        while (!_bodyEnded && !IsOver)
        {
            await WaitAsync().ConfigureAwait(false);
            await RelayAsync(client).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the client's stream: as the answer ended, or with the error that ended it.</summary>
    public void Finish(IBufferWriter<byte> output, GatewayError? error)
    {
        if (_finished)
        {
            return;
        }

        _finished = true;
        if (error is not null)
        {
            relay.Fail(error, output);
        }
        else
        {
            relay.Complete(output);
        }
    }

    public void Dispose() => _frames.Dispose();

    /// <summary>Waits for bytes without holding a buffer, so that thousands of silent streams cost little.</summary>
    private async ValueTask WaitAsync()
    {
        _frames.Release();
        clock.Resume();
        await body.ReadAsync(Memory<byte>.Empty, clock.Token).ConfigureAwait(false);
        await ReadAsync().ConfigureAwait(false);
        clock.Pause();
    }

    private async ValueTask ReadAsync()
    {
        int read = await body.ReadAsync(_frames.GetMemory(ReadBytes), clock.Token).ConfigureAwait(false);
        clock.MarkByte();
        _bodyEnded = read == 0;
        _frames.Advance(read);
    }

    private async ValueTask RelayAsync(ClientStream client)
    {
        await client.LockAsync(clock.Token).ConfigureAwait(false);
        try
        {
            while (!IsOver && TryRead(out Frame frame))
            {
                Push(frame, client.Output);
            }

            await client.FlushAsync(clock.Token).ConfigureAwait(false);
        }
        finally
        {
            client.Unlock();
        }
    }

    private bool IsDecided(PooledBuffer pending) => relay.HasContent || IsOver || pending.Length >= MaxHeldBytes;

    private bool TryRead(out Frame frame)
    {
        if (_frames.TryRead(out frame))
        {
            return true;
        }

        if (!_bodyEnded || !_frames.TryReadLast(out frame))
        {
            return false;
        }

        // The body ended within its last event. It is closed here, or what follows it would become a part of it.
        frame = new Frame(frame.Name, frame.Data, (byte[])[.. frame.Raw, .. "\n\n"u8]);
        return true;
    }

    private void Push(in Frame frame, IBufferWriter<byte> output)
    {
        Frame told = mask.IsIn(frame.Raw)
            ? new Frame(frame.Name, mask.Apply(frame.Data), mask.Apply(frame.Raw))
            : frame;
        relay.Push(new Frame(told.Name, Utf8Text.Mend(told.Data), Utf8Text.Mend(told.Raw)), output);
    }
}
