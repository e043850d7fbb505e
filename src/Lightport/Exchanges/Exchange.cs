using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Routing;
using Lightport.Routing.State;
using Lightport.Transport.Body;
using Lightport.Usage;
using Microsoft.AspNetCore.Http;

namespace Lightport.Exchanges;

/// <summary>One request on its journey, and all that has become known of it so far.</summary>
internal sealed class Exchange(
    GatewayEndpoint endpoint,
    IServedDialect served,
    HttpContext context,
    TimeProvider clock,
    BodyBudget budget,
    CancellationToken aborted) : IDisposable
{
    private List<AttemptUsage>? _lost;
    private ChatRequest? _chat;
    private List<BodyClaim>? _claims;

    public GatewayEndpoint Endpoint => endpoint;

    /// <summary>The dialect that the client is answered in.</summary>
    public IServedDialect Served => served;

    /// <summary>The dialect that the client's body is in.</summary>
    public string Dialect => endpoint.Dialect ?? served.Id;

    public HttpContext Context => context;

    public TimeProvider Clock => clock;

    /// <summary>The client has gone, or nothing more can be told to it.</summary>
    public CancellationToken Aborted => aborted;

    /// <summary>The host's time for the request is up, and the client is to be told.</summary>
    public CancellationToken HostEnd { get; init; }

    public string RequestId { get; } = RequestIds.Next();

    /// <summary>Who asks; null before it is known.</summary>
    public Caller? Caller { get; private set; }

    /// <summary>In bring-your-own mode the provider that the caller's key is for.</summary>
    public ConfiguredProvider? KeyOwner { get; set; }

    /// <summary>Answers for the memory of this request's bodies, as for everybody else's.</summary>
    public BodyBudget Budget { get; private set; } = budget;

    /// <summary>The client's body, which is its envelope's memory.</summary>
    public PooledBuffer? Body { get; private set; }

    public JsonEnvelope? Envelope { get; private set; }

    public string Model { get; private set; } = "";

    public bool Stream { get; private set; }

    public Route? Route { get; set; }

    /// <summary>What a selection may know of the request; there is a route by then.</summary>
    public RequestFacts Facts => new(Model, Route!, Stream, UsageEstimator.TokensOf(Envelope!.Body.Length))
    {
        BringsKey = Caller?.PresentedKey is not null,
    };

    /// <summary>The target that answered, or that was tried last.</summary>
    public Target? Target { get; private set; }

    /// <summary>Takes the key of the last attempt out of what its provider says.</summary>
    public KeyMask KeyMask { get; set; } = KeyMask.None;

    public int Attempts { get; private set; }

    /// <summary>The call that was made last.</summary>
    public Attempt? Attempt { get; set; }

    /// <summary>The state of the target that answers; null before one does.</summary>
    public TargetState? Answering { get; set; }

    public IReadOnlyList<string> Dropped { get; set; } = [];

    /// <summary>What of the answer could not be said to the client; null before there is one.</summary>
    public AnswerLosses? AnswerLosses { get; set; }

    /// <summary>What the last attempt used, as far as is known by now.</summary>
    public TokenUsage? Usage { get; set; }

    public FinishReason? Finish { get; set; }

    public string? ResponseId { get; set; }

    public GatewayError? Error { get; set; }

    /// <summary>The client has been told of an error inside a stream that had begun.</summary>
    public bool StreamBroke { get; set; }

    public ExchangeTime Time { get; } = new(clock);

    public TimeSpan? FirstByte { get; private set; }

    /// <summary>The request as a conversation; decoded when it is first needed, once for all attempts.</summary>
    /// <exception cref="BodyBudgetException">There is no memory for it just now.</exception>
    public ChatRequest Chat => _chat ??= Decode();

    /// <summary>It is known who asks. A key of their own is none that was given out: anyone can make up many.</summary>
    public void Admit(Caller caller)
    {
        Caller = caller;
        if (caller is { KeyId: { } id, PresentedKey: null })
        {
            Budget = Budget.For(id);
        }
    }

    public void Understand(PooledBuffer body, JsonEnvelope envelope, string model, bool stream)
    {
        Body = body;
        (Envelope, Model) = (envelope, model);

        // Embeddings come whole whatever is asked; what the provider makes of the wish is its own affair.
        Stream = stream && Dialect != DialectIds.OpenAIEmbeddings;
    }

    /// <summary>Another attempt begins: what the one before used, it used for nothing.</summary>
    public void Begin(Target target)
    {
        if (Usage is { } lost)
        {
            (_lost ??= []).Add(new AttemptUsage(Target!.Provider.Name, Target.Model, lost));
        }

        (Target, Usage) = (target, null);
        Attempts++;
        Time.Enter(ExchangePhase.Gateway);
    }

    /// <summary>The provider has read the request, and nothing is known of what it made of it.</summary>
    public void SettlePrompt() =>
        Usage ??= new UsageEstimator(UsageEstimator.TokensOf(Envelope!.Body.Length)).ToUsage();

    /// <summary>
    /// Answers until the request is over for what an answer becomes as text, whose letters have two bytes each.
    /// </summary>
    /// <exception cref="BodyBudgetException">There is no memory for it just now.</exception>
    public void TakeText(int bodyBytes)
    {
        if (bodyBytes > BodyBudget.LargestSmall)
        {
            (_claims ??= []).Add(Budget.Claim(2L * bodyBytes));
        }
    }

    public void MarkFirstByte() => FirstByte ??= Time.Elapsed;

    public ResponseContext ResponseContext(bool includeUsage, bool omitReasoning = false) => new()
    {
        RequestId = RequestId,
        Model = Model,
        Created = clock.GetUtcNow().ToUnixTimeSeconds(),
        IncludeUsage = includeUsage,
        OmitReasoning = omitReasoning,
    };

    public UsageRecord ToRecord() => new()
    {
        RequestId = RequestId,
        Endpoint = endpoint.Name,
        Key = Caller?.Name,
        KeyId = Caller?.KeyId,
        RequestedModel = Model,
        Route = Route?.Name,
        Provider = Target?.Provider.Name,
        Model = Target?.Model,
        ResponseId = ResponseId,
        Status = Error is { Kind: ErrorKind.Canceled } ? Error.Status : context.Response.StatusCode,
        Stream = Stream,
        Attempts = Attempts,
        Finish = Finish,
        Error = Error,
        Usage = Usage,
        Lost = _lost ?? [],
        AnswerDropped = AnswerLosses?.Names ?? [],
        EndedAt = clock.GetUtcNow(),
        Duration = Time.Elapsed,
        FirstByte = FirstByte,
        Upstream = Time.Provider,
    };

    public void Dispose()
    {
        Body?.Dispose();
        _claims?.ForEach(claim => claim.Dispose());
    }

    private ChatRequest Decode()
    {
        (_claims ??= []).Add(Budget.Claim(Envelope!.MemoryWhole()));
        return served.DecodeRequest(Envelope.Body, Aborted);
    }
}
