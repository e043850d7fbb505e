using System.Diagnostics;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Exchanges.Limits;
using Lightport.Prices;
using Lightport.Routing;
using Lightport.Usage;

namespace Lightport.Exchanges;

/// <summary>
/// One call to a target, up to the last byte of its answer, and all that became of it: what it used, how it ended. A
/// span while it lasts, and a log line where it failed.
/// </summary>
internal sealed class Attempt
{
    private readonly Exchange _exchange;
    private readonly AttemptReporter _reporter;
    private readonly long _started;
    private readonly TimeSpan _startedAfter;
    private readonly Activity? _span;
    private string? _tier;
    private GatewayError? _error;
    private long _lastChunk;
    private TimeSpan? _firstWords;

    /// <param name="beside">One that is slow, beside which this one is made; null for none.</param>
    public Attempt(Exchange exchange, Target target, int number, AttemptReporter reporter, Attempt? beside = null)
    {
        (_exchange, Target, Number, _reporter) = (exchange, target, number, reporter);
        _started = exchange.Clock.GetTimestamp();
        _startedAfter = exchange.Time.Elapsed;
        _span = reporter.Begin(exchange.Endpoint.Name, target, beside?._span);
    }

    public Target Target { get; }

    /// <summary>Counted over all targets of the request, from 1.</summary>
    public int Number { get; }

    /// <summary>What it holds of limits; null where nothing limits it.</summary>
    public AttemptHolds? Held { get; init; }

    /// <summary>Takes the key that was shown out of what the provider says.</summary>
    public KeyMask KeyMask { get; set; } = KeyMask.None;

    /// <summary>Takes what of the request this target cannot carry; null before that is tried.</summary>
    public LossLedger? Losses { get; set; }

    /// <summary>What of the request this target could not carry.</summary>
    public IReadOnlyList<string> Dropped => Losses?.Dropped ?? [];

    /// <summary>What it used, as far as is known by now; null while the provider cannot have begun.</summary>
    public TokenUsage? Usage { get; private set; }

    /// <summary>What it cost, as far as is known by now; null while it has used nothing.</summary>
    public Cost? Cost => Usage is { } usage
        ? _reporter.CostOf(Target, usage, _tier, _exchange.Clock.GetUtcNow())
        : null;

    public FinishReason? Finish { get; private set; }

    /// <summary>The provider's id of the answer.</summary>
    public string? ResponseId { get; private set; }

    /// <summary>How many tokens of one answer its provider writes a second, where nobody sees them.</summary>
    public int TokensPerSecond { get; set; } = UnreadAnswer.TokensPerSecond;

    /// <summary>Where it goes; null before that is known.</summary>
    public Uri? Address { get; set; }

    /// <summary>From its call to the first piece of its answer; null before that.</summary>
    public TimeSpan? FirstChunk { get; private set; }

    /// <summary>From its call to its last byte; nothing before that.</summary>
    public TimeSpan Duration { get; private set; }

    /// <summary>Its answer is a part of the client's, which went on from another.</summary>
    public bool IsRound { get; set; }

    private TimeSpan Elapsed => _exchange.Clock.GetElapsedTime(_started);

    /// <summary>It has ended, well or not.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Takes what the answer has told by now; the last word is the one after its end.</summary>
    public void Take(AnswerRelay answer)
    {
        Usage = _exchange.IsFree ? null : answer.SettledUsage;
        if (Usage is { Estimated: true } usage && answer is { Finish: null } and not { Ended: true, Error: null })
        {
            Usage = UnreadAnswer.WithSilence(
                usage, _exchange, Held?.OutputLimit, _firstWords ?? Elapsed, TokensPerSecond);
        }

        (Finish, ResponseId, _tier) = (answer.Finish, answer.ResponseId, answer.ServiceTier);
        Held?.Shrink(answer.Usage);
    }

    /// <summary>Hands the request's trace on to the provider.</summary>
    public void Trace(List<KeyValuePair<string, string>> headers) => _reporter.Trace(_span, headers);

    /// <summary>A piece of its answer has come.</summary>
    public void MarkChunk()
    {
        if (FirstChunk is null)
        {
            _lastChunk = _exchange.Clock.GetTimestamp();
            FirstChunk = _exchange.Clock.GetElapsedTime(_started, _lastChunk);
        }
        else if (_reporter.HearsChunks)
        {
            long now = _exchange.Clock.GetTimestamp();
            _reporter.Chunk(_exchange.Endpoint.Name, Target, _exchange.Clock.GetElapsedTime(_lastChunk, now));
            _lastChunk = now;
        }
    }

    /// <summary>The first words of its answer have come, later than which nothing is thought unseen.</summary>
    public void MarkWords() => _firstWords ??= Elapsed;

    /// <summary>The provider has read the request, which is billed; what it made of it nobody has seen.</summary>
    public void SettleUnread() => Usage = _exchange.IsFree
        ? null
        : UnreadAnswer.Settle(Usage, _exchange, Held?.OutputLimit, Elapsed, TokensPerSecond);

    /// <summary>What is kept of it when its request is over.</summary>
    public RecordedAttempt ToRecord() => new(Target.Provider.Name, Target.Model)
    {
        Account = Target.Provider.Account?.Name,
        NamedByClient = Target.NamedByClient,
        StartedAfter = _startedAfter,
        Duration = Duration,
        Error = _error,
        Usage = Usage,
        Cost = Cost,
        Dropped = Dropped,
        IsRound = IsRound,
    };

    /// <summary>Tells of it; only the first call does.</summary>
    /// <param name="error">How it failed; null where it did not.</param>
    public void End(GatewayError? error)
    {
        if (IsOver)
        {
            return;
        }

        (IsOver, _error) = (true, error);
        Held?.Settle(this);
        Duration = _exchange.Clock.GetElapsedTime(_started);
        if (!_reporter.Hears(error, _span))
        {
            return;
        }

        _reporter.End(
            new AttemptReport
            {
                RequestId = _exchange.RequestId,
                Endpoint = _exchange.Endpoint.Name,
                Number = Number,
                Provider = Target.Provider.Name,
                ProviderId = Target.Provider.Provider.Id,
                Account = Target.Provider.Account?.Name,
                Model = Target.Model,
                Address = Address,
                Stream = _exchange.Stream,
                Error = error,
                Usage = Usage,
                Finish = Finish,
                ResponseId = ResponseId,
                FirstChunk = FirstChunk,
                Cost = Cost,
                Duration = Duration,
            },
            _span);
    }
}
