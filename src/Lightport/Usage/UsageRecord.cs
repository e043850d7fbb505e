using System.Collections.ObjectModel;
using Lightport.Conversation;
using Lightport.Prices;

namespace Lightport.Usage;

/// <summary>What one request was and cost, with nothing of its content.</summary>
public sealed record UsageRecord
{
    public required string RequestId { get; init; }

    /// <summary>The door it came in by.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The client key's name; never the key.</summary>
    public string? Key { get; init; }

    /// <summary>What tells the key from others without being it; null where there was none.</summary>
    public string? KeyId { get; init; }

    /// <summary>The key's own tags.</summary>
    public IReadOnlyDictionary<string, string> KeyTags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The model that the client asked for.</summary>
    public string? RequestedModel { get; init; }

    public string? Route { get; init; }

    /// <summary>The route is no entry under <c>models</c>: the client named provider and model itself.</summary>
    public bool IsDirect { get; init; }

    /// <summary>The rule that the request met, by name; null where it met none.</summary>
    public string? Rule { get; init; }

    /// <summary>The rules that could not be evaluated for it, by name.</summary>
    public IReadOnlyList<string> FailedRules { get; init; } = [];

    /// <summary>The targets that were not asked, or after all others, each with its reason.</summary>
    public IReadOnlyList<string> PassedOver { get; init; } = [];

    /// <summary>What a rule marked it with.</summary>
    public string? Tag { get; init; }

    public string? Provider { get; init; }

    /// <summary>The provider's id in the catalog, whatever it is called here.</summary>
    public string? ProviderId { get; init; }

    /// <summary>The model's name at the provider.</summary>
    public string? Model { get; init; }

    /// <summary>The provider's id of the answer.</summary>
    public string? ResponseId { get; init; }

    public required int Status { get; init; }

    public bool Stream { get; init; }

    /// <summary>Tokens were counted and nothing was generated: it costs nothing, and there is no usage.</summary>
    public bool IsCount { get; init; }

    public int Attempts { get; init; }

    public FinishReason? Finish { get; init; }

    public GatewayError? Error { get; init; }

    /// <summary>What the last attempt used: the one that answered, where one did.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>What the last attempt cost; null where it used nothing.</summary>
    public Cost? Cost { get; init; }

    /// <summary>
    /// What the client's answer used: the last attempt, and those whose answers are a part of it, where it went on from
    /// one to another.
    /// </summary>
    public TokenUsage? AnswerUsage
    {
        get
        {
            TokenUsage? sum = Usage;
            for (int i = 0; i < Tried.Count - 1; i++)
            {
                sum = Tried[i] is { IsRound: true, Usage: { } usage } ? sum?.Plus(usage) ?? usage : sum;
            }

            return sum;
        }
    }

    /// <summary>
    /// The MCP server's tool that the client itself called, by its name at the MCP door; null where a model was asked.
    /// </summary>
    public string? Tool { get; init; }

    /// <summary>What tools of MCP servers were run for it.</summary>
    public RunCosts Runs { get; init; }

    /// <summary>What the client's answer cost, in the same way, and with its runs of tools.</summary>
    public Cost? AnswerCost
    {
        get
        {
            Cost? sum = Cost;
            for (int i = 0; i < Tried.Count - 1; i++)
            {
                sum = Tried[i] is { IsRound: true, Cost: { } cost } ? sum?.Plus(cost) ?? cost : sum;
            }

            return Runs.Dollars == 0 ? sum
                : sum is { } known ? known with { Dollars = known.Dollars + Runs.Dollars }
                : new Cost(Runs.Dollars, null, null);
        }
    }

    /// <summary>Every attempt, in order; the last one is that whose answer or error the client got.</summary>
    public IReadOnlyList<RecordedAttempt> Tried { get; init; } = [];

    /// <summary>What the attempts before the last one used for nothing.</summary>
    public IReadOnlyList<AttemptUsage> Lost => Tried.Count < 2 ? [] :
    [
        .. from attempt in Tried.SkipLast(1)
           where attempt is { Usage: not null, IsRound: false }
           select new AttemptUsage(attempt.Provider, attempt.Model, attempt.Usage!) { Cost = attempt.Cost },
    ];

    /// <summary>The limits that were counted for it, or that refused it.</summary>
    public IReadOnlyList<MetLimit> Limits { get; init; } = [];

    /// <summary>The client went, or its host ended the request: that is no error of anybody's.</summary>
    public bool Canceled => Error is { Kind: ErrorKind.Canceled };

    /// <summary>It was answered with an error, or ended in one.</summary>
    public bool Failed => !Canceled && (Error is not null || Status >= 400);

    /// <summary>What of the answer the client's dialect could not say, by name.</summary>
    public IReadOnlyList<string> AnswerDropped { get; init; } = [];

    /// <summary>What of its route's tools and context could not be had; it went on without.</summary>
    public IReadOnlyList<LeftOut> LeftOut { get; init; } = [];

    /// <summary>When the answer's last byte was sent.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>From the request's arrival to the answer's last byte.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>From the request's arrival to the answer's first byte; null where none was sent.</summary>
    public TimeSpan? FirstByte { get; init; }

    /// <summary>The part of <see cref="Duration"/> that was spent waiting for providers.</summary>
    public TimeSpan Upstream { get; init; }
}
