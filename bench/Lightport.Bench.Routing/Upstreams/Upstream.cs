using Lightport.Bench.Routing.Clock;
using Lightport.Bench.Routing.Load;
using Lightport.Bench.Routing.Run;
using Lightport.Conversation;
using Lightport.Routing;

namespace Lightport.Bench.Routing.Upstreams;

/// <summary>One simulated account of a provider: takes requests by its plan, and notes each in the journal.</summary>
internal sealed class Upstream(int number, UpstreamPlan plan, ulong seed, VirtualTime time, Journal journal)
{
    private static readonly TimeSpan RefusedAfter = TimeSpan.FromMilliseconds(20);

    // What a prompt costs in time where it is not in the cache: 10,000 tokens a second.
    private static readonly TimeSpan PerToken = TimeSpan.FromMilliseconds(0.1);

    private readonly Chance _chance = new(seed, plan.Name);
    private readonly PromptCache _cache = new();
    private double _allowance = plan.Limit ?? 0;
    private TimeSpan _filled;
    private int _inFlight;

    /// <summary>Answers with the first content, or an error.</summary>
    /// <param name="patience">How long the caller waits for the first content.</param>
    public async ValueTask<AttemptOutcome<SimulatedAnswer>> AskAsync(
        SimulatedRequest request, TimeSpan patience, CancellationToken cancellationToken)
    {
        journal.Attempt(number, time.Now);
        Trouble trouble = plan.At(time.Now);
        bool fails = _chance.Next() < trouble.Failing;
        double slower = trouble.Straggling < 1 && _chance.Next() >= trouble.Straggling ? 1 : trouble.Slower;
        TimeSpan first = _chance.LogNormal(plan.FirstContent, plan.Spread) * slower * Crowding;
        if (!Takes())
        {
            await time.WaitAsync(RefusedAfter, cancellationToken);
            return new(Error(429) with { RetryAfter = plan.RetryAfter });
        }

        _inFlight++;
        bool begun = false;
        try
        {
            if (fails)
            {
                await time.WaitAsync(trouble.After, cancellationToken);
                return new(Error(trouble.Status));
            }

            int cached = _cache.Exchange(request.Session, request.PromptTokens, time.Now);
            first += PerToken * (request.PromptTokens - cached);
            journal.Pay(Price(request.PromptTokens - cached, plan.InputPrice) + Price(cached, plan.CachedPrice));
            if (first > patience)
            {
                await time.WaitAsync(patience, cancellationToken);
                return new(TimedOut());
            }

            await time.WaitAsync(first, cancellationToken);
            journal.Cached(cached, request.PromptTokens);
            begun = true;
            TimeSpan rest = TimeSpan.FromSeconds(request.AnswerTokens / plan.TokensPerSecond) * slower;
            return new(new SimulatedAnswer(time, rest, () => End(request)));
        }
        finally
        {
            if (!begun)
            {
                _inFlight--;
            }
        }
    }

    private double Crowding => Math.Max(1, (_inFlight + 1.0) / plan.Capacity);

    private static double Price(int tokens, double million) => tokens * million / 1_000_000;

    private void End(SimulatedRequest request)
    {
        _inFlight--;
        journal.Pay(Price(request.AnswerTokens, plan.OutputPrice));
    }

    private bool Takes()
    {
        if (plan.Limit is not { } limit)
        {
            return true;
        }

        _allowance = Math.Min(limit, _allowance + (limit * (time.Now - _filled).TotalSeconds));
        _filled = time.Now;
        if (_allowance < 1)
        {
            return false;
        }

        _allowance--;
        return true;
    }

    private GatewayError Error(int status) => new(ErrorStage.Upstream, Kind(status), status, "Simulated.")
    {
        Provider = plan.Name,
    };

    private GatewayError TimedOut() => new(ErrorStage.FirstByte, ErrorKind.Timeout, 504, "Simulated.")
    {
        Provider = plan.Name,
    };

    private static ErrorKind Kind(int status) => status switch
    {
        429 => ErrorKind.RateLimit,
        503 or 529 => ErrorKind.Overloaded,
        _ => ErrorKind.Upstream,
    };
}
