using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Exchanges.Stages;
using Lightport.Transport;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Exchanges;

/// <summary>
/// The provider's side of one attempt. It is opened up to where the attempt is decided: an error, a whole answer, or
/// the first content of a streamed one, the rest of which is pumped at the client's pace. What is ready for the client
/// by then waits in <see cref="Pending"/>.
/// </summary>
internal sealed class Source : IDisposable
{
    /// <summary>The longest whole answer, in bytes.</summary>
    public const int MaxAnswerBytes = 104_857_600;

    private const int ReadBytes = 4096;

    /// <summary>The most that is held back for want of content; past it the attempt counts as begun.</summary>
    private const int MaxHeldBytes = 256 * 1024;

    private readonly Exchange _exchange;
    private readonly Call _call;
    private readonly Framing _framing;
    private readonly UpstreamResponse _response;
    private readonly AnswerWatch? _watch;
    private readonly KeyTrail[] _trails;
    private IdNotes? _notes;
    private PooledBuffer? _body;
    private PooledBuffer? _pending;
    private FrameReader? _frames;
    private Stream? _stream;
    private bool _bodyEnded;
    private bool _finished;

    public Source(
        Exchange exchange,
        Attempt attempt,
        Call call,
        Framing framing,
        UpstreamResponse response,
        AttemptClock clock,
        ClientAnswer client)
    {
        (_exchange, Attempt, _call, _framing) = (exchange, attempt, call, framing);
        (_response, Clock) = (response, clock);
        bool frames = exchange.Stream && framing.Frames(response.MediaType);
        IsWhole = !frames;
        Round = client.Stages.CreateRound();
        Answer = client.Relay(call, attempt, isWhole: !frames, Round);
        _watch = Answer is EventRelay ? null : client.Watch(call);
        _trails = frames ? [.. attempt.KeyMask.Patterns.Select(pattern => new KeyTrail(pattern))] : [];
    }

    public Attempt Attempt { get; }

    public AnswerRelay Answer { get; }

    /// <summary>Says what comes when it is over; null where the answer is over with it.</summary>
    public IAnswerRound? Round { get; }

    /// <summary>Ends the attempt when it falls silent, or when the client goes.</summary>
    public AttemptClock Clock { get; }

    /// <summary>The answer has begun, and nothing stands against giving it to the client.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Why the answer failed, and whose it was.</summary>
    public GatewayError? Error =>
        Answer.Error is { } error ? error with { Provider = Attempt.Target.Provider.Name } : null;

    /// <summary>Nothing of the answer is still to come.</summary>
    public bool IsOver => Answer.Ended || Answer.Error is not null;

    /// <summary>The provider's answer came, or will come, in one piece.</summary>
    public bool IsWhole { get; }

    /// <summary>The provider's headers that the client should see.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; private set; } = [];

    /// <summary>The media type of the provider's own bytes, for answers that have no other.</summary>
    public string? MediaType => _response.ContentType;

    /// <summary>What is ready for the client.</summary>
    public ReadOnlyMemory<byte> Pending { get; private set; }

    /// <summary>What is text can be mended, and be looked through for the key.</summary>
    private bool IsText => IsWhole ? _framing != Framing.Bytes : _framing.IsText;

    /// <summary>Reads up to where the attempt is decided. Nothing of it has reached the client.</summary>
    /// <returns>Why it failed; null where the answer has begun.</returns>
    public async ValueTask<GatewayError?> OpenAsync()
    {
        _stream = await _response.OpenBodyAsync(Clock.Token).ConfigureAwait(false);
        GatewayError? error;
        try
        {
            error = IsWhole
                ? await ReadWholeAsync().ConfigureAwait(false)
                : await PrimeAsync().ConfigureAwait(false);
        }
        finally
        {
            // Also where it breaks off or falls silent: what it told of its usage by then is billed.
            Attempt.Take(Answer);
        }

        if (error is not null)
        {
            if (error.IsBadUpstream)
            {
                Attempt.SettleUnread();
            }

            return error with { Provider = Attempt.Target.Provider.Name };
        }

        if (IsWhole)
        {
            await SettleIdsAsync().ConfigureAwait(false);
        }

        Headers = ProviderHeaders.Pick(_response, Attempt.KeyMask);
        IsOpen = true;
        return null;
    }

    /// <summary>Ends when it is noted whose the answer is, as far as its provider keeps and has told it.</summary>
    public ValueTask SettleIdsAsync() => Notes?.SettleAsync(Answer) ?? ValueTask.CompletedTask;

    /// <summary>Pumps to the answer's end, at the client's pace.</summary>
    public async ValueTask RunAsync(ClientAnswer client)
    {
        await RelayAsync(client).ConfigureAwait(false);
        while (!_bodyEnded && !IsOver)
        {
            await WaitAsync().ConfigureAwait(false);
            await RelayAsync(client).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the client's answer: as the provider's ended, or with the error that ended it.</summary>
    public void Finish(IBufferWriter<byte> output, GatewayError? error)
    {
        if (_finished)
        {
            return;
        }

        _finished = true;
        _watch?.Complete();
        if (error is not null)
        {
            Answer.Fail(error, output);
        }
        else
        {
            Answer.Complete(output);
        }
    }

    /// <summary>What was waiting is written.</summary>
    public void ClearPending()
    {
        Pending = default;
        _pending?.Dispose();
        _pending = null;
    }

    public void Dispose()
    {
        _frames?.Dispose();
        _pending?.Dispose();
        _body?.Dispose();
        if (IsOpen)
        {
            _response.Dispose();
            Clock.Dispose();
            _call.Dispose();
        }
    }

    private async ValueTask<GatewayError?> ReadWholeAsync()
    {
        _body = await BodyReader
            .ReadAsync(_stream!, _response.Length, MaxAnswerBytes, _exchange.Budget, Clock.Token, Clock)
            .ConfigureAwait(false);
        if (_body is null)
        {
            Attempt.SettleUnread();
            return GatewayError.BadUpstream(
                $"The answer of {Attempt.Target.Provider.Name} is longer than {MaxAnswerBytes} bytes.") with
            {
                Retryable = false,
            };
        }

        try
        {
            if (IsText)
            {
                Attempt.KeyMask.Apply(_body);
            }

            ReadOnlyMemory<byte> body = IsText ? Utf8Text.Mend(_body.Written) : _body.Written;
            bool becomesText = Answer is EventRelay || _watch is not null || _exchange.Stream;
            if (becomesText)
            {
                _exchange.TakeText(body.Length);
            }

            _pending = new PooledBuffer(becomesText ? body.Length + 1024 : 0, _exchange.Budget);
            Pending = Answer.Take(body, _pending);
            if (Answer.Error is null)
            {
                _watch?.See(body);
            }

            return Answer.Error;
        }
        catch (GatewayException e)
        {
            return e.Error;
        }
    }

    /// <summary>
    /// Reads until there is content, an end or an error. What came in the same read behind the first content waits for
    /// <see cref="RunAsync"/>, so that packets do not decide the outcome.
    /// </summary>
    private async ValueTask<GatewayError?> PrimeAsync()
    {
        _frames = _framing.CreateReader();
        _pending = new PooledBuffer();
        while (!IsDecided)
        {
            await ReadAsync().ConfigureAwait(false);
            while (!IsDecided && TryRead(out Frame frame))
            {
                Push(frame, _pending);
            }

            // The answer's name comes long before its content: what is done with it has time till then.
            Notes?.Begin(Answer);
            if (_bodyEnded && !IsDecided)
            {
                Finish(_pending, null);
            }
        }

        Clock.Pause();
        Pending = _pending.Written;
        return Answer is { HasContent: false, Error: { } error } ? error : null;
    }

    private bool IsDecided => Answer.HasContent || IsOver || _pending!.Length >= MaxHeldBytes;

    /// <summary>Waits for bytes without holding a buffer, so that thousands of silent streams cost little.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WaitAsync()
    {
        _frames!.Release();
        Clock.Resume();
        await _stream!.ReadAsync(Memory<byte>.Empty, Clock.Token).ConfigureAwait(false);
        await ReadAsync().ConfigureAwait(false);
        Clock.Pause();
    }

    private async ValueTask ReadAsync()
    {
        int read = await _stream!.ReadAsync(_frames!.GetMemory(ReadBytes), Clock.Token).ConfigureAwait(false);
        Clock.MarkByte();
        _bodyEnded = read == 0;
        if (!_bodyEnded)
        {
            Attempt.MarkChunk();
        }

        _frames.Advance(read);
    }

    private async ValueTask RelayAsync(ClientAnswer client)
    {
        await client.LockAsync(Clock.Token).ConfigureAwait(false);
        try
        {
            while (!IsOver && TryRead(out Frame frame))
            {
                Push(frame, client.Output);
            }

            await SettleIdsAsync().ConfigureAwait(false);
            await client.FlushAsync(Clock.Token).ConfigureAwait(false);
        }
        finally
        {
            client.Unlock();
        }
    }

    /// <summary>Takes down whose the answer is; null where its provider keeps nothing of it.</summary>
    private IdNotes? Notes => Answer.KeptIds.Count == 0 || _exchange.Memory is null
        ? null
        : _notes ??= new IdNotes(_exchange, Attempt);

    private bool TryRead(out Frame frame)
    {
        if (_frames!.TryRead(out frame))
        {
            return true;
        }

        if (!_bodyEnded || !_frames.TryReadLast(out frame))
        {
            return false;
        }

        if (!_framing.End.IsEmpty)
        {
            // The body ended within its last event. It is closed here, or what follows it would become a part of it.
            frame = new Frame(frame.Name, frame.Data, (byte[])[.. frame.Raw, .. _framing.End.Span]);
        }

        return true;
    }

    private void Push(in Frame come, IBufferWriter<byte> output)
    {
        if (!_framing.HasTextData)
        {
            Tell(come, output);
            return;
        }

        KeyMask mask = Attempt.KeyMask;
        Frame frame = come;
        foreach (KeyTrail trail in _trails)
        {
            frame = trail.Apply(frame, IsText);
        }

        if (!IsText)
        {
            Tell(new Frame(frame.Name, Utf8Text.Mend(mask.Apply(frame.Data)), frame.Raw), output);
            return;
        }

        Frame told = mask.IsIn(frame.Raw)
            ? new Frame(frame.Name, mask.Apply(frame.Data), mask.Apply(frame.Raw))
            : frame;

        // A frame's data are a piece of it, cut between letters, or such pieces joined: where it is sound, so are they.
        Tell(
            Utf8.IsValid(told.Raw)
                ? told
                : new Frame(told.Name, Utf8Text.Mend(told.Data), Utf8Text.Mend(told.Raw)),
            output);
    }

    private void Tell(in Frame frame, IBufferWriter<byte> output)
    {
        Answer.Push(frame, output);
        if (Answer.HasWords)
        {
            Attempt.MarkWords();
        }

        _watch?.See(frame);
    }
}
