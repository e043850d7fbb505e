using System.Diagnostics;
using System.Runtime.CompilerServices;
using Lightport.Admission;
using Lightport.Audit;
using Lightport.Configuration;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Doors;
using Lightport.Exchanges;
using Lightport.Exchanges.Limits;
using Lightport.Exchanges.Rules;
using Lightport.Exchanges.Shadows;
using Lightport.Exchanges.Stages;
using Lightport.Management;
using Lightport.McpDoor;
using Lightport.Routing;
using Lightport.Routing.Selection;
using Lightport.Telemetry;
using Lightport.Transport.Body;
using Lightport.Usage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lightport;

/// <summary>
/// The journey of a request; docs/journey.md tells it with the same numbers.
/// <list type="number">
/// <item>Admit: size, media type and key are looked at before anything is read.</item>
/// <item>Understand: the body is read, and its dialect says what is asked, of which model, whether in pieces.</item>
/// <item>Route: rules are asked, the model's name becomes targets; those that can take it are put in order.</item>
/// <item>Limits, which may refuse or lead to a cheaper route; stages: guards, context, cache; each may refuse, change
/// the conversation, or answer.</item>
/// <item>Attempt: the targets are tried in order until one begins to answer.</item>
/// <item>Answer: from its source to the client, as bytes or as events, in the client's dialect.</item>
/// <item>Record: one log line, the metrics, the usage, the audit.</item>
/// </list>
/// Errors are values until here; here they become a status and a body.
/// </summary>
public sealed class Gateway
{
    private readonly IGatewayConfigurationSource _configuration;
    private readonly Doorkeeper _doorkeeper;
    private readonly DialectRegistry _dialects;
    private readonly RequestRules _rules;
    private readonly TargetSelector _selector;
    private readonly AnswerLoop _answers;
    private readonly LimitKeeper _keeper;
    private readonly StageList _stages;
    private readonly TokenCounter _counter;
    private readonly AccountAnswers _accounts;
    private readonly ShadowTraffic _shadows;
    private readonly SmallDoors _doors;
    private readonly AnswerMemory _memory;
    private readonly SealSource _seals;
    private readonly McpDesk _mcp;
    private readonly ManagementDesk _management;
    private readonly GatewayDrain _drain;
    private readonly GatewayHostLimits _limits;
    private readonly BodyBudget _budget;
    private readonly UsageMeter _meter;
    private readonly GatewayTelemetry _telemetry;
    private readonly AuditStream _audit;
    private readonly TimeProvider _clock;
    private readonly ILogger<Gateway> _logger;

    internal Gateway(
        IGatewayConfigurationSource configuration,
        Doorkeeper doorkeeper,
        DialectRegistry dialects,
        RequestRules rules,
        TargetSelector selector,
        AnswerLoop answers,
        LimitKeeper keeper,
        StageList stages,
        TokenCounter counter,
        AccountAnswers accounts,
        ShadowTraffic shadows,
        SmallDoors doors,
        AnswerMemory memory,
        SealSource seals,
        McpDesk mcp,
        ManagementDesk management,
        GatewayDrain drain,
        GatewayHostLimits limits,
        BodyBudget budget,
        UsageMeter meter,
        GatewayTelemetry telemetry,
        AuditStream audit,
        TimeProvider clock,
        ILogger<Gateway> logger)
    {
        (_configuration, _doorkeeper, _dialects) = (configuration, doorkeeper, dialects);
        (_rules, _selector, _answers, _stages) = (rules, selector, answers, stages);
        (_keeper, _counter, _accounts, _shadows) = (keeper, counter, accounts, shadows);
        (_doors, _memory, _seals, _mcp, _management) = (doors, memory, seals, mcp, management);
        (_drain, _limits, _budget) = (drain, limits, budget);
        (_meter, _telemetry, _audit, _clock, _logger) = (meter, telemetry, audit, clock, logger);
    }

    /// <summary>Answers one request whole, errors and streams included. Never throws.</summary>
    /// <param name="endpoint">The door it came in by.</param>
    /// <param name="cancellationToken">The host's end of the request, beside the client's own disconnect (a function's
    /// timeout): told to the client as an error.</param>
    public async Task HandleAsync(GatewayEndpoint endpoint, HttpContext context, CancellationToken cancellationToken)
    {
        using HostEnd? host = cancellationToken.CanBeCanceled
            ? new HostEnd(_clock, context.RequestAborted, cancellationToken)
            : null;
        CancellationToken aborted = host?.Over ?? context.RequestAborted;
        CrossOrigin.Mark(context, _configuration.InForce?.Admission.Cors);
        DialectOperation? asked = endpoint.Dialect is { } dialect ? _dialects.Of(dialect, endpoint.Operation) : null;
        IClientFamily family =
            asked?.Served!.Family ?? _dialects.FamilyOf(new HttpClientRequest(endpoint, context.Request));
        using var exchange = new Exchange(endpoint, asked, family, context, _clock, _budget, aborted)
        {
            HostEnd = host?.Told ?? default,
            Memory = _memory,
        };
        using Activity? activity = endpoint.Kind == EndpointKind.Inference
            ? _telemetry.Start(endpoint.Name, context.Request.Headers)
            : null;
        try
        {
            await TravelAsync(exchange).ConfigureAwait(false);
        }
        catch (GatewayException e)
        {
            await AnswerErrorAsync(exchange, e.Error).ConfigureAwait(false);
        }
        catch (BodyBudgetException e)
        {
            await AnswerErrorAsync(exchange, BodyErrors.NoMemory(e)).ConfigureAwait(false);
        }
        catch (OutOfMemoryException e)
        {
            // An array that could not be had, of what the budget does not count: the next request may find room.
            GatewayLog.Crashed(_logger, e, exchange.RequestId);
            await AnswerErrorAsync(exchange, BodyErrors.NoMemory(new BodyBudgetException(passes: true)))
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            exchange.Error = context.RequestAborted.IsCancellationRequested ? Canceled : RequestDeadline.HostTimeout;
        }
        catch (Exception e)
        {
            GatewayLog.Crashed(_logger, e, exchange.RequestId);
            await AnswerErrorAsync(exchange, Crash(exchange)).ConfigureAwait(false);
        }

        // 7 Record
        exchange.Attempt?.End(exchange.Error);
        exchange.Limits?.Settle();
        exchange.Spend?.Add(exchange);
        exchange.Measure();
        if (endpoint.Kind == EndpointKind.Inference)
        {
            exchange.Answering?.End(exchange.Error, exchange.Selection);
            UsageRecord record = exchange.ToRecord();
            _telemetry.Record(record, activity);
            _meter.Record(record);
            _audit.Take(record, exchange.Request.Body);
        }

        if (exchange.StreamBroke)
        {
            activity?.Stop();
            await BrokenStream.BreakOffAsync(exchange, _limits.Delivery).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Gives the requests that run now so long, and then tells their clients that the gateway is stopping: for a host
    /// that cuts them before it tells the process of its stop. Later requests are served as ever.
    /// </summary>
    public void EndRunning(TimeSpan time)
    {
        GatewayLog.HostStopping(_logger, time.TotalSeconds);
        _drain.EndRunning(time);
    }

    internal static GatewayError Canceled { get; } =
        new(ErrorStage.Stream, ErrorKind.Canceled, 499, "The client closed the request.");

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask TravelAsync(Exchange exchange)
    {
        if (exchange.Endpoint.Kind == EndpointKind.Management)
        {
            await _management.AnswerAsync(exchange).ConfigureAwait(false);
            return;
        }

        if (!exchange.Endpoint.NeedsKey)
        {
            await _doors.AnswerAsync(exchange).ConfigureAwait(false);
            return;
        }

        // 1 Admit
        GatewayConfiguration configuration = _configuration.Current;
        AdmissionResult admission = await _doorkeeper
            .AdmitAsync(configuration.Admission, exchange.Context.Request, exchange.Aborted)
            .ConfigureAwait(false);
        exchange.Admit(
            admission.Caller ?? throw ProtectedResource.Refusal(exchange, admission.Error!, configuration.Admission),
            _doorkeeper.HasOneClient(configuration.Admission));
        if (_audit.Refusal is { } unwritten)
        {
            throw new GatewayException(unwritten);
        }

        if (exchange.Endpoint.Kind == EndpointKind.KeptResponse)
        {
            await AnswerKeptAsync(exchange, configuration.Routing).ConfigureAwait(false);
            return;
        }

        if (exchange.Endpoint.Kind != EndpointKind.Inference)
        {
            if (exchange.Endpoint.Kind == EndpointKind.Mcp)
            {
                await _mcp.AnswerAsync(exchange, HandleAsync).ConfigureAwait(false);
            }
            else
            {
                await _doors.AnswerAsync(exchange).ConfigureAwait(false);
            }

            return;
        }

        // 2 Understand
        await UnderstandAsync(exchange).ConfigureAwait(false);
        await _seals.LendAsync(exchange).ConfigureAwait(false);
        await _memory.ContinueAsync(exchange).ConfigureAwait(false);
        await _memory.SayItemsAsync(exchange).ConfigureAwait(false);
        await _memory.AtProviders.CheckAsync(exchange).ConfigureAwait(false);

        // 3 Route
        exchange.Route = Router.Route(exchange, configuration.Routing, _rules);

        // 4 Limits and stages
        await _keeper.EnterAsync(exchange, configuration.Limits, configuration.Routing).ConfigureAwait(false);
        Select(exchange);
        if (exchange.Route.Shadow is not null)
        {
            _shadows.Mirror(exchange);
        }

        StageRun stages = _stages.For(exchange);
        using RequestDeadline deadline = Deadline(exchange);
        await using var client = new ClientAnswer(exchange, stages);
        if (await AnswerLoop.AskStagesAsync(client, deadline).ConfigureAwait(false))
        {
            return;
        }

        // 5 Attempt and 6 answer, in rounds where a stage lets the answer go on
        if (exchange.IsCount)
        {
            await _counter.AnswerAsync(exchange, client, deadline).ConfigureAwait(false);
        }
        else
        {
            await _answers.AnswerAsync(exchange, client, deadline).ConfigureAwait(false);
        }
    }

    /// <exception cref="GatewayException">No target can take the request.</exception>
    private void Select(Exchange exchange)
    {
        SelectedTargets selected = _selector.Select(exchange.Selection);
        (exchange.Targets, exchange.PassedOver) = (selected.Targets, selected.PassedOver);
        for (int i = 0; i < selected.PassedOver.Count; i++)
        {
            PassedOver passed = selected.PassedOver[i];
            GatewayLog.PassedOver(_logger, exchange.RequestId, LogWord.Of($"{passed.Target}")!, passed.Reason);
        }

        if (selected.Targets.Count == 0)
        {
            throw new GatewayException(selected.NoneLeft(exchange.Model));
        }
    }

    /// <summary>An answer that the gateway keeps, or else the account that made it.</summary>
    private async ValueTask AnswerKeptAsync(Exchange exchange, RoutingTable routing)
    {
        if (await ResponseDoors.TryAnswerAsync(exchange).ConfigureAwait(false))
        {
            return;
        }

        Route? route = exchange.ServedKept.AreAtAccounts
            ? await _memory.AtProviders.FindRouteAsync(exchange, routing).ConfigureAwait(false)
            : null;
        exchange.Route = route ?? throw ResponseDoors.NotFound(exchange);
        exchange.Facts = exchange.Served.Read(exchange.Request) with { Model = exchange.Route.Targets[0].Model };
        using RequestDeadline deadline = Deadline(exchange);
        await using var client = new ClientAnswer(exchange, StageRun.None);
        await _accounts.AnswerAsync(exchange, client, deadline).ConfigureAwait(false);
    }

    /// <summary>Reads a request's body whole, and has its dialect say what is asked.</summary>
    /// <exception cref="GatewayException">The body may not be read, or does not say soundly what is asked.</exception>
    internal static async ValueTask UnderstandAsync(Exchange exchange)
    {
        HttpRequest request = exchange.Context.Request;
        GatewayError? refusal =
            RequestGuard.Check(request) ?? exchange.Served.CheckMediaType(exchange.Request.MediaType);
        if (refusal is not null)
        {
            throw new GatewayException(refusal);
        }

        exchange.Request.Take(await RequestBody
            .ReadAsync(
                request,
                RequestGuard.MaxBodyBytes,
                RequestGuard.BodyTooLarge,
                exchange.Budget,
                exchange.Clock,
                exchange.Aborted)
            .ConfigureAwait(false));
        RequestFacts facts = exchange.Served.Read(exchange.Request);
        exchange.Facts = RequestGuard.CheckModel(facts.Model) is { } unsound
            ? throw new GatewayException(unsound)
            : facts;
    }

    private RequestDeadline Deadline(Exchange exchange) => new(
        exchange.Route!.Timeouts.Total,
        _clock,
        exchange.Stream ? null : _limits.FirstByte,
        exchange.Aborted,
        _drain.Over,
        exchange.HostEnd);

    /// <summary>
    /// Tells the client of an error, as long as nothing has been sent; otherwise breaks the connection off.
    /// </summary>
    private async ValueTask AnswerErrorAsync(Exchange exchange, GatewayError error)
    {
        exchange.Error ??= error;
        if (exchange.Aborted.IsCancellationRequested)
        {
            return;
        }

        if (exchange.Context.Response.HasStarted)
        {
            exchange.Context.Abort();
            return;
        }

        try
        {
            await ErrorAnswer.WriteAsync(exchange, error).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (exchange.Aborted.IsCancellationRequested)
        {
            exchange.Error = Canceled;
        }
        catch (Exception e)
        {
            // The error cannot be told: the connection says that something failed, and the request is still recorded.
            GatewayLog.Crashed(_logger, e, exchange.RequestId);
            exchange.Context.Abort();
        }
    }

    private static GatewayError Crash(Exchange exchange) => new(
        ErrorStage.Request,
        ErrorKind.Internal,
        StatusCodes.Status500InternalServerError,
        $"The gateway failed on this request. Its log has the reason under {exchange.RequestId}.")
    {
        Code = "internal_error",
    };
}
