using System.Collections.ObjectModel;
using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Exchanges.Limits;
using Lightport.Exchanges.Rules;
using Lightport.Routing;
using Lightport.Routing.Preferences;
using Lightport.Routing.Rules;
using Lightport.Routing.Selection;
using Lightport.Routing.State;
using Lightport.Transport.Body;
using Lightport.Usage;
using Microsoft.AspNetCore.Http;

namespace Lightport.Exchanges;

/// <summary>One request on its journey, and all that has become known of it so far.</summary>
/// <param name="asked">The operation that is asked for; null at doors that no provider is behind.</param>
/// <param name="family">Whose clients the errors are told to.</param>
internal sealed class Exchange(
    GatewayEndpoint endpoint,
    DialectOperation? asked,
    IClientFamily family,
    HttpContext context,
    TimeProvider clock,
    BodyBudget budget,
    CancellationToken aborted) : IRoutedRequest, IDisposable
{
    private readonly Lock _lock = new();
    private List<Attempt> _attempts = new(1);
    private ModelRequest? _conversation;
    private long? _cameAs;
    private AnswerContext? _answer;
    private List<BodyClaim>? _claims;
    private RequestNeeds? _needs;
    private RequestStates? _states;
    private Dictionary<AffinityKey, ulong>? _affinities;
    private RunSums? _runs;

    public GatewayEndpoint Endpoint => endpoint;

    public DialectOperation Asked => asked!;

    public IServed Served => asked!.Served!;

    /// <summary>The same, where what is asked is a conversation; null where it only passes.</summary>
    public IServedConversation? Talks => Served as IServedConversation;

    /// <summary>It is a chat, or what providers are asked for as one, or the count of one.</summary>
    public bool IsChat => Talks is { AskedAs: Operation.Chat or Operation.TokenCount };

    /// <summary>The same, at a door to what was kept.</summary>
    public IServedKept ServedKept => (IServedKept)Served;

    public IClientFamily Family => family;

    public HttpContext Context => context;

    public HttpClientRequest Request { get; init; } = new(endpoint, context.Request);

    public TimeProvider Clock => clock;

    /// <summary>Where answers are kept; null where nowhere.</summary>
    public AnswerMemory? Memory { get; init; }

    /// <summary>The client has gone, or nothing more can be told to it.</summary>
    public CancellationToken Aborted => aborted;

    /// <summary>The host's time for the request is up, and the client is to be told.</summary>
    public CancellationToken HostEnd { get; init; }

    public string RequestId { get; } = RequestIds.Next();

    /// <summary>Who asks; null before it is known.</summary>
    public Caller? Caller { get; private set; }

    /// <summary>Nobody but this client can call, so that all that an account keeps is its own.</summary>
    public bool IsOnlyClient { get; private set; }

    /// <summary>The account that keeps what the request names, as its provider's maker; null for nothing.</summary>
    public string? Keeper { get; set; }

    /// <summary>What to tell of a file that its client was not told of, unless its account shares files.</summary>
    public GatewayError? Unowned { get; set; }

    /// <summary>In bring-your-own mode the provider that the caller's key is for.</summary>
    public ConfiguredProvider? KeyOwner { get; set; }

    /// <summary>Answers for the memory of this request's bodies, as for everybody else's.</summary>
    public BodyBudget Budget { get; private set; } = budget;

    /// <summary>What is asked; its defaults before that is known.</summary>
    public RequestFacts Facts { get; set; }

    public string Model => Facts.Model ?? "";

    /// <summary>What a selection may know of the request; there is a route by then.</summary>
    public SelectionFacts Selection => new(Model, Route!, Stream, PromptTokens)
    {
        BringsKey = Caller?.PresentedKey is not null,
        OnlyLooks = IsCount,
        Request = this,
        Preferences = Preferences,
    };

    /// <summary>What the request says of where it wants to go, as far as the gateway must keep to it.</summary>
    public RoutingPreferences? Preferences { get; set; }

    /// <summary>Where it is tried, in order; one target at least once that is known.</summary>
    public IReadOnlyList<Target> Targets { get; set; } = [];

    /// <summary>The targets that something speaks against.</summary>
    public IReadOnlyList<PassedOver> PassedOver { get; set; } = [];

    /// <summary>The prompt's length in tokens, guessed, with what stages have put into it by now.</summary>
    public long PromptTokens => Request.EstimatedTokens + Grown;

    /// <summary>How many tokens of the prompt stages have put there, guessed.</summary>
    public long Grown { get; private set; }

    public ulong Affinity => AffinityBy(AffinityKey.Session);

    /// <summary>Whose state of earlier thinking it brings back.</summary>
    public RequestStates States => _states ??= Served.States(Request);

    public RequestNeeds Needs
    {
        get
        {
            RequestNeeds needs = _needs ??= FindNeeds();
            return Route is { Tools.Count: > 0 } ? needs with { Tools = true } : needs;
        }
    }

    public bool Stream => Facts.Stream;

    /// <summary>Its tokens are counted and nothing is generated, which costs nothing at any vendor.</summary>
    public bool IsCount => asked is { Operation: Operation.TokenCount };

    /// <summary>Nothing is generated for it: no usage is its own, whatever is told with the answer.</summary>
    public bool IsFree => asked is { Operation: Operation.TokenCount or Operation.KeptAnswer };

    /// <summary>The answer is the gateway's guess and no provider's.</summary>
    public bool IsEstimate { get; set; }

    public Route? Route { get; set; }

    /// <summary>What limits it; null where nothing does.</summary>
    public RequestLimits? Limits { get; set; }

    /// <summary>Adds up what keys spend; null where no rule goes by it.</summary>
    public KeySpend? Spend { get; set; }

    /// <summary>The rule that the request met, or that refused it for an error; null where none did.</summary>
    public RouteRule? Rule { get; set; }

    /// <summary>The rules that could not be evaluated for it, by name.</summary>
    public IReadOnlyList<string> FailedRules { get; set; } = [];

    /// <summary>What a rule marked it with; null where none did.</summary>
    public string? Tag { get; set; }

    /// <summary>Every attempt so far, the last one perhaps still under way.</summary>
    public IReadOnlyList<Attempt> Attempts => _attempts;

    public Attempt? Attempt => _attempts.Count > 0 ? _attempts[^1] : null;

    /// <summary>The call that is answered; null before one is.</summary>
    public TargetCall? Answering { get; set; }

    /// <summary>What an encoder of the answer must know.</summary>
    public AnswerContext Answer => _answer ??= new AnswerContext
    {
        RequestId = RequestId,
        Model = Model,
        Created = clock.GetUtcNow().ToUnixTimeSeconds(),
        Clock = clock,
        EstimatedPromptTokens = Request.EstimatedTokens,
        Stream = Stream,
        CanKeep = Memory?.CanKeep(this) == true,
        IsTooLongToKeep = Memory?.IsTooLongToKeep(this) == true,
    };

    /// <summary>What of the answer could not be said to the client, by name.</summary>
    public IReadOnlyList<string> AnswerLosses => _answer?.Losses.Names ?? [];

    /// <summary>What tools have been run for it.</summary>
    public RunSums Runs => LazyInitializer.EnsureInitialized(ref _runs);

    /// <summary>What of its route's tools and context could not be had.</summary>
    public LeftOutList LeftOut { get; } = new();

    /// <summary>How the request ended, where not well.</summary>
    public GatewayError? Error { get; set; }

    /// <summary>The client has been told of an error inside a stream that had begun.</summary>
    public bool StreamBroke { get; set; }

    public ExchangeTime Time { get; } = new(clock);

    public TimeSpan? FirstByte { get; private set; }

    /// <summary>The request as a conversation, as far as anybody has needed it.</summary>
    public ModelRequest? KnownConversation => _conversation;

    /// <summary>The conversation is not the one that the client sent.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>
    /// The request as a conversation: decoded when it is first needed, once for all attempts. A stage may change it.
    /// </summary>
    /// <exception cref="BodyBudgetException">There is no memory for it just now.</exception>
    /// <exception cref="GatewayException">It is malformed, or this operation is no conversation.</exception>
    public ModelRequest Conversation
    {
        get => _conversation ??= Decode();
        set
        {
            if (value is ChatRequest chat)
            {
                _cameAs ??= _conversation is ChatRequest came ? PromptEstimator.Estimate(came) : 0;
                Grown = Math.Max(0, PromptEstimator.Estimate(chat) - _cameAs.Value);
            }

            (_conversation, IsChanged) = (value, true);
        }
    }

    /// <summary>Takes another body in the place of the client's, of the same model.</summary>
    /// <exception cref="GatewayException">It is not sound; the error names the field.</exception>
    public void Rewrite(PooledBuffer body)
    {
        Request.TakeSaid(body);
        (_conversation, _needs, _states) = (null, null, null);
        Facts = Served.Read(Request) with { Model = Facts.Model };
    }

    /// <summary>It is known who asks. A key of their own is none that was given out: anyone can make up many.</summary>
    /// <param name="isOnlyClient">Nobody else can call.</param>
    public void Admit(Caller caller, bool isOnlyClient = false)
    {
        (Caller, IsOnlyClient) = (caller, isOnlyClient);
        if (caller is { KeyId: { } id, PresentedKey: null })
        {
            Budget = Budget.For(id);
        }
    }

    public ulong AffinityBy(AffinityKey key)
    {
        _affinities ??= [];
        return _affinities.TryGetValue(key, out ulong known) ? known : _affinities[key] = RequestAffinity.Of(this, key);
    }

    /// <summary>Another attempt begins.</summary>
    /// <param name="held">What it holds of limits; null where nothing limits it.</param>
    public Attempt Begin(Target target, AttemptReporter reporter, AttemptHolds? held)
    {
        // One that is still under way has not answered in its time: the new one is asked beside it.
        Attempt? beside = Attempt is { IsOver: false } slow ? slow : null;
        var attempt = new Attempt(this, target, _attempts.Count + 1, reporter, beside) { Held = held };
        _attempts.Add(attempt);
        Time.Enter(ExchangePhase.Gateway);
        return attempt;
    }

    /// <summary>It is this attempt's answer that the client gets, whichever of two at once began last.</summary>
    public void Prefer(Attempt attempt)
    {
        if (attempt != Attempt)
        {
            _attempts = [.. _attempts.Where(other => other != attempt), attempt];
            Time.Enter(ExchangePhase.Gateway);
        }
    }

    /// <summary>
    /// The client's answer goes on from another source. Who answered is asked first: what it wants back is its own, and
    /// what it has read may be in its cache.
    /// </summary>
    public void GoOn()
    {
        Attempt last = Attempt!;
        last.IsRound = true;
        Answering?.End(null, Selection);
        Answering = null;
        if (Targets[0] != last.Target)
        {
            Targets = [last.Target, .. Targets.Where(target => target != last.Target)];
        }
    }

    /// <summary>Answers to the request's end for what an answer becomes as text, of two bytes a letter.</summary>
    /// <exception cref="BodyBudgetException">There is no memory for it just now.</exception>
    public void TakeText(int bodyBytes)
    {
        if (bodyBytes > BodyBudget.LargestSmall)
        {
            BodyClaim claim = Budget.Claim(2L * bodyBytes);
            lock (_lock)
            {
                (_claims ??= []).Add(claim);
            }
        }
    }

    /// <summary>How quick a target is, whole answers tell whose tokens its provider has counted.</summary>
    public void Measure()
    {
        if (Error is null && Attempt is { Usage: { Estimated: false } usage } attempt)
        {
            Answering?.State.Measure(usage.Completion, attempt.Duration);
        }
    }

    public void MarkFirstByte() => FirstByte ??= Time.Elapsed;

    public UsageRecord ToRecord()
    {
        RecordedAttempt[] tried = _attempts.Count == 0 ? [] : new RecordedAttempt[_attempts.Count];
        for (int i = 0; i < tried.Length; i++)
        {
            tried[i] = _attempts[i].ToRecord();
        }

        return ToRecord(tried, tried.Length == 0 ? null : tried[^1]);
    }

    public void Dispose()
    {
        Request.Memory?.Dispose();
        _claims?.ForEach(claim => claim.Dispose());
    }

    /// <param name="last">The attempt that the request ended with; null where none was made.</param>
    private UsageRecord ToRecord(RecordedAttempt[] tried, RecordedAttempt? last) => new()
    {
        RequestId = RequestId,
        Endpoint = endpoint.Name,
        Key = Caller?.Name,
        KeyId = Caller?.KeyId,
        KeyTags = Caller?.Tags ?? ReadOnlyDictionary<string, string>.Empty,
        RequestedModel = Model,
        Route = Route?.Name,
        IsDirect = Route is { IsDirect: true },
        Rule = Rule?.Name,
        FailedRules = FailedRules,
        PassedOver = PassedOver.Count == 0 ? [] : [.. PassedOver.Select(passed => passed.ToString())],
        Tag = Tag,
        Provider = last?.Provider,
        ProviderId = Attempt?.Target.Provider.Provider.Id,
        Model = last?.Model,
        ResponseId = Attempt?.ResponseId,
        Status = Error is { Kind: ErrorKind.Canceled } ? Error.Status : context.Response.StatusCode,
        Stream = Stream,
        IsCount = IsCount,
        Attempts = _attempts.Count,
        Finish = Attempt?.Finish,
        Error = Error,
        Usage = last?.Usage,
        Cost = last?.Cost,
        Tried = tried,
        Tool = _runs?.Called,
        Runs = _runs?.Costs ?? default,
        Limits = Limits?.Told() ?? [],
        AnswerDropped = AnswerLosses,
        LeftOut = LeftOut.All,
        EndedAt = clock.GetUtcNow(),
        Duration = Time.Elapsed,
        FirstByte = FirstByte,
        Upstream = Time.Provider,
    };

    /// <summary>What is counted may be of any length: to find that out, it is counted.</summary>
    private RequestNeeds FindNeeds()
    {
        RequestNeeds needs = Served.Needs(Request);
        return IsCount ? needs : needs with
        {
            PromptTokens = Math.Max(0, Request.EstimatedTokens - UsageEstimator.TokensOf(needs.InputBytes)),
        };
    }

    private ModelRequest Decode()
    {
        IServedConversation served = Talks ?? throw new GatewayException(new GatewayError(
            ErrorStage.Routing,
            ErrorKind.InvalidRequest,
            400,
            "This operation is passed on as it is, and this route asks for more.")
        {
            Code = "unsupported_endpoint",
        });
        long memory = Request.IsJson ? Request.Json.MemoryWhole() : 2L * Request.Body.Length;
        (_claims ??= []).Add(Budget.Claim(memory));
        return served.Decode(Request, Aborted);
    }
}
