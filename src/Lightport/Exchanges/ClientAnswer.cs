using System.Buffers;
using System.IO.Pipelines;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Exchanges.Stages;
using Lightport.Routing;
using Lightport.Transport.Body;
using Microsoft.AspNetCore.Http;

namespace Lightport.Exchanges;

/// <summary>
/// The client's side of one request: begun with headers when the first bytes go out, ended once, and fed meanwhile by
/// however many sources. A streamed one is kept alive while nothing comes.
/// </summary>
internal sealed class ClientAnswer : IAnswerListener, IAsyncDisposable
{
    /// <summary>
    /// What is handed to the host at once, in bytes. It copies what it is given, and keeps the copy's memory, so a long
    /// body goes at the client's pace.
    /// </summary>
    private const int SliceBytes = 64 * 1024;

    private readonly Exchange _exchange;
    private readonly KeepAlive? _keepAlive;
    private IAnswerEncoder? _encoder;
    private int _nextPart;
    private Attempt? _answering;
    private bool _hasGoneOn;
    private bool _kept;
    private bool _lost;

    /// <param name="stages">Who looks at the answer, or changes it.</param>
    public ClientAnswer(Exchange exchange, StageRun stages)
    {
        (_exchange, Stages) = (exchange, stages);
        _keepAlive = exchange.Stream ? new KeepAlive(this, exchange) : null;
        if (Races)
        {
            // Made before two attempts can ask for it at once.
            _ = exchange.Answer;
        }
    }

    public StageRun Stages { get; }

    /// <summary>The status line has gone out: whatever happens now is told inside the answer.</summary>
    public bool Started { get; private set; }

    public IBufferWriter<byte> Output => Writer;

    private PipeWriter Writer => _exchange.Context.Response.BodyWriter;

    /// <summary>How the answer of a call travels: its bytes as they are, or as events.</summary>
    /// <param name="round">Sees the events first, and ends the answer; null where the answer ends with this source.
    /// </param>
    public AnswerRelay Relay(Call call, Attempt attempt, bool isWhole, IAnswerRound? round)
    {
        // A whole answer where a stream was asked for is told as a stream by whoever can read it.
        bool mustRead = Stages.ChangesAnswer || (isWhole && _exchange.Stream && call.CreateDecoder() is not null);
        return (mustRead ? null : call.CreateRelay()) ?? new EventRelay(
            call,
            Races ? EncoderFor(attempt) : Encoder,
            _exchange.Stream,
            _exchange.PromptTokens,
            round is null ? Stages.CreateFilters() : [round, .. Stages.CreateFilters()],
            _nextPart,
            mayGoOn: round is not null);
    }

    /// <summary>Takes an attempt's answer for the client's, if no other attempt's is; only one is ever taken.</summary>
    public bool TryTake(Attempt attempt) =>
        !Races || Interlocked.CompareExchange(ref _answering, attempt, null) is not { } taken || taken == attempt;

    /// <summary>The attempt has failed: another's answer may be taken.</summary>
    public void GiveUp(Attempt attempt) => Interlocked.CompareExchange(ref _answering, null, attempt);

    /// <summary>Another attempt's answer is the client's.</summary>
    public bool IsBeaten(Attempt attempt) => Volatile.Read(ref _answering) is { } taken && taken != attempt;

    /// <summary>Reads along where bytes pass; null where nobody looks.</summary>
    public AnswerWatch? Watch(Call call) =>
        Stages.LooksAtAnswer ? new AnswerWatch(call, Stages.CreateFilters()) : null;

    public Task LockAsync(CancellationToken cancellationToken) => _keepAlive!.LockAsync(cancellationToken);

    public void Unlock() => _keepAlive!.Unlock();

    /// <summary>Sends the status line and headers, unless they have gone already.</summary>
    /// <param name="mediaType">The provider's own, for an answer that has no other.</param>
    public void Start(IReadOnlyList<KeyValuePair<string, string>> providerHeaders, string? mediaType = null)
    {
        if (!Started)
        {
            Started = true;
            HttpResponse response = _exchange.Context.Response;
            response.StatusCode = StatusCodes.Status200OK;
            response.ContentType = ContentType(mediaType);
            response.Headers.CacheControl = "no-cache";
            ResponseHeaders.Write(_exchange, providerHeaders);
        }
    }

    /// <summary>Waits while the client reads slower than the provider writes.</summary>
    /// <exception cref="GatewayException">The answer is complete, and could not be kept.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await KeepAsync().ConfigureAwait(false);
        if (_lost)
        {
            // What is written says that the answer is complete; it never goes out.
            _exchange.Context.Abort();
            return;
        }

        await Writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        _exchange.MarkFirstByte();
        _keepAlive?.MarkWrite();
    }

    /// <summary>Gives the client what a source brings, to its end.</summary>
    public ValueTask WriteAsync(Source source, RequestDeadline deadline) =>
        _keepAlive is null ? WriteWholeAsync(source.Pending, source.Headers, source.MediaType)
        : source.IsWhole ? StreamAsync(source.Pending, source.Headers, source.MediaType)
        : PumpAsync(source, deadline);

    /// <summary>
    /// A source is over and the answer is not: what comes is counted on from its parts, and may be any attempt's.
    /// </summary>
    public void GoOnFrom(Source source)
    {
        _hasGoneOn = true;
        _nextPart = ((EventRelay)source.Answer).NextPart;
        Volatile.Write(ref _answering, null);
    }

    /// <inheritdoc/>
    public bool IsStreamed => _keepAlive is not null;

    /// <inheritdoc/>
    public ValueTask TellAsync(ContentPart part, CancellationToken cancellationToken) =>
        TellAsync(ResponseReplay.Tell(_nextPart++, part), cancellationToken);

    /// <inheritdoc/>
    public ValueTask TellAsync(RunReport run, CancellationToken cancellationToken) =>
        TellAsync([new StreamEvent.RunTold(run)], cancellationToken);

    /// <summary>Gives the client an answer that no provider made.</summary>
    public ValueTask WriteAsync(IReadOnlyList<StreamEvent> answer) => WriteAsync(answer, [], null);

    /// <summary>Gives the client what ends the answer, or all of it.</summary>
    public async ValueTask WriteAsync(
        IReadOnlyList<StreamEvent> answer, IReadOnlyList<KeyValuePair<string, string>> headers, string? mediaType)
    {
        using var buffer = new PooledBuffer(4096, _exchange.Budget);
        foreach (StreamEvent streamEvent in answer)
        {
            Encoder().Encode(streamEvent, buffer);
        }

        Encoder().Complete(buffer);
        if (_keepAlive is null)
        {
            await WriteWholeAsync(buffer.Written, headers, mediaType).ConfigureAwait(false);
        }
        else
        {
            await StreamAsync(buffer.Written, headers, mediaType).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the answer in an error, inside the stream where a keep-alive has sent the status.</summary>
    /// <exception cref="GatewayException">Nothing has been sent: the error is still to be told, with its
    /// status.</exception>
    public async ValueTask FailAsync(GatewayError error)
    {
        if (_keepAlive is null)
        {
            throw new GatewayException(error);
        }

        await LockAsync(_exchange.Aborted).ConfigureAwait(false);
        try
        {
            if (!Started)
            {
                _keepAlive.End();
                throw new GatewayException(error);
            }

            error = RunErrors.Of(_exchange, error.Bounded());
            _exchange.Error = error;
            EncodeError(error);
            _exchange.StreamBroke = true;
            await FlushAsync(_exchange.Aborted).ConfigureAwait(false);
        }
        finally
        {
            Unlock();
        }
    }

    public ValueTask DisposeAsync() => _keepAlive?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Two attempts may be under way at once.</summary>
    private bool Races => _exchange.Route?.Hedge is not null;

    /// <summary>
    /// The one encoder, for the attempt that has content first: for any other it ends in a
    /// <see cref="BeatenException"/>.
    /// </summary>
    private Func<IAnswerEncoder> EncoderFor(Attempt attempt) =>
        () => TryTake(attempt) ? Encoder() : throw new BeatenException();

    private async ValueTask TellAsync(IEnumerable<StreamEvent> told, CancellationToken cancellationToken)
    {
        if (_keepAlive is null)
        {
            // A whole answer is gathered, and written at its end.
            using var nothing = new PooledBuffer();
            Encode(told, nothing);
            return;
        }

        await LockAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Encode(told, Output);
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Unlock();
        }
    }

    private void Encode(IEnumerable<StreamEvent> told, IBufferWriter<byte> output)
    {
        foreach (StreamEvent piece in told)
        {
            Encoder().Encode(piece, output);
        }
    }

    /// <summary>What an earlier source has begun ends in the error, as that has.</summary>
    private void EncodeError(GatewayError error)
    {
        if (_hasGoneOn)
        {
            Encoder().Encode(new StreamEvent.Failed(error), Output);
            Encoder().Complete(Output);
        }
        else
        {
            _exchange.Served.EncodeStreamError(_exchange.Request, error, _exchange.Answer, Output);
        }
    }

    private IAnswerEncoder Encoder() => _encoder ??= ((IServedConversation)_exchange.Served)
        .CreateEncoder(_exchange.Request, _exchange.KnownConversation, _exchange.Answer);

    /// <summary>Keeps the answer, once it is complete, before its client can read that it is.</summary>
    private async ValueTask KeepAsync()
    {
        if (_kept || _encoder is not IKeptAnswerEncoder { Kept: { } answer })
        {
            return;
        }

        (_kept, _lost) = (true, true);
        await _exchange.Memory!.KeepAsync(_exchange, answer).ConfigureAwait(false);
        _lost = false;
    }

    private async ValueTask WriteWholeAsync(
        ReadOnlyMemory<byte> body, IReadOnlyList<KeyValuePair<string, string>> headers, string? mediaType)
    {
        await KeepAsync().ConfigureAwait(false);
        HttpResponse response = _exchange.Context.Response;
        response.ContentType = ContentType(mediaType);
        response.ContentLength = body.Length;
        ResponseHeaders.Write(_exchange, headers);
        _exchange.MarkFirstByte();
        do
        {
            ReadOnlyMemory<byte> slice = NextSlice(ref body);
            await Writer.WriteAsync(slice, _exchange.Aborted).ConfigureAwait(false);
        }
        while (!body.IsEmpty);
    }

    private async ValueTask StreamAsync(
        ReadOnlyMemory<byte> body, IReadOnlyList<KeyValuePair<string, string>> headers, string? mediaType)
    {
        await LockAsync(_exchange.Aborted).ConfigureAwait(false);
        try
        {
            Start(headers, mediaType);
            do
            {
                Output.Write(NextSlice(ref body).Span);
                await FlushAsync(_exchange.Aborted).ConfigureAwait(false);
            }
            while (!body.IsEmpty);
        }
        finally
        {
            Unlock();
        }
    }

    private async ValueTask PumpAsync(Source source, RequestDeadline deadline)
    {
        GatewayError? failure = null;
        string provider = source.Attempt.Target.Provider.Name;
        try
        {
            await BeginAsync(source).ConfigureAwait(false);
            await source.RunAsync(this).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_exchange.Aborted.IsCancellationRequested)
        {
            failure = source.Clock.TimeoutError(provider) ?? deadline.Error;
        }
        catch (IOException e) when (!_exchange.Aborted.IsCancellationRequested)
        {
            failure = AttemptErrors.Broken(e, provider);
        }
        catch (GatewayException e)
        {
            // A stage that looks on has seen enough: the client is told like of any other end.
            failure = e.Error;
        }
        finally
        {
            source.Attempt.Take(source.Answer);
        }

        await EndAsync(source, failure is null ? null : RunErrors.Of(_exchange, failure)).ConfigureAwait(false);

        // Again: a finish that the provider never told is made up for only at the end.
        source.Attempt.Take(source.Answer);
    }

    /// <summary>Sent with what the source still holds, in one flush.</summary>
    private async ValueTask BeginAsync(Source source)
    {
        await source.SettleIdsAsync().ConfigureAwait(false);
        await LockAsync(source.Clock.Token).ConfigureAwait(false);
        try
        {
            Start(source.Headers, source.MediaType);
            Output.Write(source.Pending.Span);
            source.ClearPending();
        }
        finally
        {
            Unlock();
        }
    }

    private async ValueTask EndAsync(Source source, GatewayError? failure)
    {
        await LockAsync(_exchange.Aborted).ConfigureAwait(false);
        try
        {
            source.Finish(Output, failure);
            _exchange.Error = failure ?? source.Error;
            _exchange.StreamBroke = _exchange.Error is not null;
            await FlushAsync(_exchange.Aborted).ConfigureAwait(false);
        }
        finally
        {
            Unlock();
        }
    }

    /// <summary>The provider's own may hold what no answer of a server's may.</summary>
    private string ContentType(string? ofProvider) => _exchange.Facts.Format.MediaType
        ?? (ofProvider is null ? "application/octet-stream" : HeaderText.Of(ofProvider));

    private static ReadOnlyMemory<byte> NextSlice(ref ReadOnlyMemory<byte> rest)
    {
        ReadOnlyMemory<byte> slice = rest[..Math.Min(SliceBytes, rest.Length)];
        rest = rest[slice.Length..];
        return slice;
    }
}
