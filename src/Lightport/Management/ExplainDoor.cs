using System.Globalization;
using Lightport.Admission;
using Lightport.Configuration;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Exchanges;
using Lightport.Exchanges.Rules;
using Lightport.Exchanges.Shadows;
using Lightport.Routing;
using Lightport.Routing.Eligibility;
using Lightport.Routing.Preferences;
using Lightport.Routing.Rules;
using Lightport.Routing.Selection;
using Lightport.Routing.State;
using Lightport.Storage;

namespace Lightport.Management;

/// <summary>
/// Takes a client's request the way it would go, up to where it would be sent, and tells what it saw. The request's
/// content is in no answer.
/// </summary>
internal sealed class ExplainDoor(
    IGatewayConfigurationSource configuration,
    DialectRegistry dialects,
    RequestRules rules,
    TargetSelector selector,
    TargetExplainer targets,
    LimitExplainer limits,
    ContextExplainer context,
    ToolExplainer tools,
    ShadowTraffic shadows,
    TimeProvider clock,
    IClientKeyStore? store = null)
{
    public async ValueTask ExplainAsync(ManagementCall call)
    {
        string path = call.Query("path") ?? GatewayEndpoints.ChatCompletions.Path;
        GatewayEndpoint endpoint = Endpoint(path);
        bool isOpen = path == endpoint.Path && path.Contains('{', StringComparison.Ordinal);
        Caller caller = await CallerAsync(call).ConfigureAwait(false);
        DialectOperation asked = dialects.Of(endpoint.Dialect!, endpoint.Operation);
        using var exchange = new Exchange(
            endpoint,
            asked,
            asked.Served!.Family,
            call.Exchange.Context,
            clock,
            call.Exchange.Budget,
            call.Aborted)
        {
            // Where the path leaves the model's place open, the body names it.
            Request = new HttpClientRequest(endpoint, call.Request, isOpen ? null : path),
        };
        exchange.Admit(caller);
        ExplainAnswer answer = await ExplainAsync(exchange, caller.KeyId).ConfigureAwait(false);
        await call.AnswerAsync(answer, ManagementJsonContext.Readable.ExplainAnswer).ConfigureAwait(false);
    }

    /// <param name="exchange">Whose caller is known, and whose body has not been read yet.</param>
    /// <param name="key">The caller's, by its id; null for none.</param>
    /// <exception cref="GatewayException">It is malformed, or leads nowhere.</exception>
    public async ValueTask<ExplainAnswer> ExplainAsync(Exchange exchange, string? key)
    {
        await Gateway.UnderstandAsync(exchange).ConfigureAwait(false);
        var trials = new List<RuleTrial>();
        GatewayError? denied = null;
        try
        {
            exchange.Route = Router.Route(exchange, configuration.Current.Routing, rules, trials);
        }
        catch (GatewayException e) when (exchange.Rule is not null)
        {
            denied = e.Error;
        }

        // Before targets are chosen, as a request has it.
        IReadOnlyList<ExplainAnswer.ContextFacts>? sources = context.Explain(exchange);
        IReadOnlyList<ExplainAnswer.ToolServerFacts>? servers =
            await tools.ExplainAsync(exchange).ConfigureAwait(false);
        return Answer(exchange, key, trials, denied) with
        {
            Shadow = exchange.Route?.Shadow is { } shadow
                ? new($"{shadow.Target}", shadow.Part, shadows.WhyNot(exchange, shadow.Target))
                : null,
            Limits = await limits.ExplainAsync(exchange, configuration.Current.Limits, exchange.Aborted)
                .ConfigureAwait(false),
            Context = sources,
            Tools = servers,
        };
    }

    private ExplainAnswer Answer(Exchange exchange, string? key, List<RuleTrial> trials, GatewayError? denied)
    {
        Route? route = exchange.Route;
        SelectedTargets selected = route is null
            ? new SelectedTargets([], [])
            : selector.Select(exchange.Selection with { OnlyLooks = true });
        return new ExplainAnswer(
            exchange.Model,
            exchange.Endpoint.Path,
            exchange.Stream,
            route?.Name,
            exchange.Rule?.Name,
            [.. trials.Select(trial => new ExplainAnswer.RuleFacts(trial.Rule.Name, Word(trial.Outcome)))],
            exchange.Tag,
            denied?.Message,
            route?.Selection.Name,
            route?.Selection.By is { } by ? SelectionPolicies.WordOf(by) : null,
            key,
            route is null ? null : new(route.Retry.Attempts),
            route is null ? null : Times(route.Timeouts),
            FallbackLists(route),
            Hedge(route?.Hedge),
            Facts(route?.Breaker),
            PreferenceWords.Of(exchange.Preferences),
            [.. selected.Targets.Select(target => targets.Explain(exchange, target))],
            [.. selected.PassedOver.Select(Facts)]);
    }

    private static ExplainAnswer.PassedOverFacts Facts(PassedOver passed) => new(
        passed.Target.Provider.Name,
        passed.Target.Model,
        passed.Target.Provider.Account?.Name,
        passed.Target.Label,
        passed.Reason,
        passed.Effect == FilterEffect.Defers);

    private static string? Hedge(HedgePolicy? hedge)
    {
        string? after = hedge is null ? null : hedge.After is { } fixedTime ? TimeText.Of(fixedTime) : "p95";
        return hedge?.Most is { } most
            ? string.Create(CultureInfo.InvariantCulture, $"{after}, {most.Part * 100:0.##}% at most")
            : after;
    }

    private static ExplainAnswer.BreakerFacts? Facts(BreakerPolicy? breaker) => breaker is null ? null : new(
        breaker.Failures,
        TimeText.Of(breaker.Window),
        TimeText.Of(breaker.Open),
        breaker.Ratio,
        breaker.Ratio is null ? null : breaker.Minimum);

    private static ExplainAnswer.TimeoutFacts Times(StageTimeouts times) => new(
        TimeText.Of(times.Connect),
        TimeText.Of(times.FirstByte),
        TimeText.Of(times.WholeAnswer),
        TimeText.Of(times.Idle),
        TimeText.Of(times.Total));

    private static Dictionary<string, IReadOnlyList<string>> FallbackLists(Route? route)
    {
        var lists = new Dictionary<string, IReadOnlyList<string>>();
        if (route?.FallbackOn is { } on)
        {
            Add("context-length", on.ContextLength);
            Add("content-filter", on.ContentFilter);
            Add("rate-limit", on.RateLimit);
        }

        return lists;

        void Add(string kind, IReadOnlyList<Target> listed)
        {
            if (listed.Count > 0)
            {
                lists.Add(kind, [.. listed.Select(target => target.ToString())]);
            }
        }
    }

    private static string Word(RuleOutcome outcome) => outcome switch
    {
        RuleOutcome.Matched => "matched",
        RuleOutcome.NotMatched => "not-matched",
        RuleOutcome.OutsideShare => "outside-share",
        _ => "failed",
    };

    /// <summary>Of several, the one of which more must follow the model's name is meant.</summary>
    private static GatewayEndpoint Endpoint(string path) => GatewayEndpoints.All
        .Where(door => door.Kind == EndpointKind.Inference && door.IsAt(path))
        .MaxBy(door => door.Path.Length)
        ?? throw GatewayException.BadRequest(
            $"'path' must be one that clients post to: {string.Join(", ", ClientPaths)}.", "path");

    private static IEnumerable<string> ClientPaths => GatewayEndpoints.All
        .Where(door => door.Kind == EndpointKind.Inference)
        .Select(door => door.Path);

    private async ValueTask<Caller> CallerAsync(ManagementCall call)
    {
        string claims = call.Request.Headers[ClaimedIdentity.Header].ToString();
        if (call.Query("key") is not { } id)
        {
            return claims.Length == 0
                ? Caller.Anonymous
                : ClaimedIdentity.Read(configuration.Current.Admission.Identity, claims);
        }

        if (claims.Length > 0)
        {
            throw GatewayException.BadRequest(
                $"A request is by a key or by an identity: send 'key' or '{ClaimedIdentity.Header}'.", "key");
        }

        ClientKeys listed = configuration.Current.Admission.Keys;
        if (listed.All.FirstOrDefault(key => key.Hash.Id == id) is { } configured)
        {
            return configured.Caller;
        }

        bool possible = store is not null && id.Length == ClientKeyRecord.IdLength;
        ClientKeyRecord? record = possible
            ? await store!.FindByIdAsync(id, call.Aborted).ConfigureAwait(false)
            : null;
        return record is null ? throw new GatewayException(KeyDoors.NotFound) : ClientKey.From(record).Caller;
    }
}
