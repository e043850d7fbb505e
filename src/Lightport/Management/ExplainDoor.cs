using System.Globalization;
using Lightport.Admission;
using Lightport.Configuration;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Exchanges;
using Lightport.Exchanges.Rules;
using Lightport.Routing;
using Lightport.Routing.Eligibility;
using Lightport.Routing.Rules;
using Lightport.Routing.Selection;
using Lightport.Storage;

namespace Lightport.Management;

/// <summary>
/// Takes a client's request the way it would go, up to where it would be sent, and tells what it saw. The request's
/// content is in no answer.
/// </summary>
internal sealed class ExplainDoor(
    IGatewayConfigurationSource configuration,
    DialectRegistry dialects,
    CallPlanner planner,
    RequestRules rules,
    TargetSelector selector,
    TimeProvider clock,
    IClientKeyStore? store = null)
{
    public async ValueTask ExplainAsync(ManagementCall call)
    {
        GatewayEndpoint endpoint = Endpoint(call.Query("path") ?? GatewayEndpoints.ChatCompletions.Path);
        Caller caller = await CallerAsync(call).ConfigureAwait(false);
        DialectOperation asked = dialects.Of(endpoint.Dialect!, endpoint.Operation);
        using var exchange = new Exchange(
            endpoint,
            asked,
            asked.Served!.Family,
            call.Exchange.Context,
            clock,
            call.Exchange.Budget,
            call.Aborted);
        exchange.Admit(caller);
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

        SelectedTargets? selected = exchange.Route is null ? null : selector.Select(exchange.Selection);
        await call.AnswerAsync(
            Answer(call, exchange, trials, denied, selected),
            ManagementJsonContext.Readable.ExplainAnswer).ConfigureAwait(false);
    }

    private ExplainAnswer Answer(
        ManagementCall call,
        Exchange exchange,
        List<RuleTrial> trials,
        GatewayError? denied,
        SelectedTargets? selected) => new(
            exchange.Model,
            exchange.Endpoint.Path,
            exchange.Stream,
            exchange.Route?.Name,
            exchange.Rule?.Name,
            [.. trials.Select(trial => new ExplainAnswer.RuleFacts(trial.Rule.Name, Word(trial.Outcome)))],
            exchange.Tag,
            denied?.Message,
            exchange.Route?.Selection.Name,
            call.Query("key"),
            exchange.Route is { } route ? new(route.Retry.Attempts) : null,
            exchange.Route is { Timeouts: var times } ? Times(times) : null,
            [.. selected?.Targets.Select(target => Facts(exchange, target)) ?? []],
            [.. selected?.PassedOver.Select(Facts) ?? []]);

    private static ExplainAnswer.PassedOverFacts Facts(PassedOver passed) => new(
        passed.Target.Provider.Name,
        passed.Target.Model,
        passed.Target.Label,
        passed.Reason,
        passed.Effect == FilterEffect.Defers);

    private static ExplainAnswer.TimeoutFacts Times(StageTimeouts times) => new(
        Span(times.Connect),
        Span(times.FirstByte),
        Span(times.WholeAnswer),
        Span(times.Idle),
        Span(times.Total));

    private static string Word(RuleOutcome outcome) => outcome switch
    {
        RuleOutcome.Matched => "matched",
        RuleOutcome.NotMatched => "not-matched",
        RuleOutcome.OutsideShare => "outside-share",
        _ => "failed",
    };

    private static GatewayEndpoint Endpoint(string path) =>
        GatewayEndpoints.All.FirstOrDefault(door => door.Kind == EndpointKind.Inference && door.Path == path)
        ?? throw GatewayException.BadRequest(
            $"'path' must be one that clients post to: {string.Join(", ", ClientPaths)}.", "path");

    private static IEnumerable<string> ClientPaths => GatewayEndpoints.All
        .Where(door => door.Kind == EndpointKind.Inference)
        .Select(door => door.Path);

    private async ValueTask<Caller> CallerAsync(ManagementCall call)
    {
        if (call.Query("key") is not { } id)
        {
            return Caller.Anonymous;
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

    private ExplainAnswer.TargetFacts Facts(Exchange exchange, Target target)
    {
        CallPlan? plan = null;
        string? error = null;
        LossLedger? losses = null;
        try
        {
            plan = planner.Plan(target, exchange.Asked);
            losses = CallWriter.Losses(exchange.Route!, plan);
            CallWriter.Write(exchange, target, plan, losses, asEvents: false).Dispose();
        }
        catch (GatewayException e)
        {
            error = e.Error.Message;
        }

        return new ExplainAnswer.TargetFacts(
            target.Provider.Name,
            target.Model,
            target.Label,
            plan?.Asked.Dialect,
            plan is null ? null : plan.PassesThrough ? "passthrough" : "translated",
            plan?.Address.ToString(),
            target.Provider.SecretName,
            losses is null ? [] : [.. losses.Dropped],
            error);
    }

    private static string Span(TimeSpan time) => time switch
    {
        { TotalMinutes: >= 1 } when time.Ticks % TimeSpan.TicksPerMinute == 0 => Number(time.TotalMinutes) + "m",
        { TotalSeconds: >= 1 } => Number(time.TotalSeconds) + "s",
        _ => Number(time.TotalMilliseconds) + "ms",
    };

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);
}
