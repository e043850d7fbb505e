using System.Diagnostics;
using Lightport.Admission;
using Lightport.Configuration;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Doors;
using Lightport.Exchanges;
using Lightport.Management;
using Lightport.Routing;
using Lightport.Transport.Body;
using Lightport.Usage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lightport;

/// <summary>
/// The journey of a request; docs/journey.md tells it with the same numbers.
/// <list type="number">
/// <item>Admit: size, media type and key are looked at before anything is read.</item>
/// <item>Understand: the body is read and checked, its model and its wish to stream are known.</item>
/// <item>Enrich: context is put into the request (later).</item>
/// <item>Route: the model's name becomes a list of targets.</item>
/// <item>Transport: the targets are tried in order until one begins to answer.</item>
/// <item>Answer: whole or as a stream, in the client's dialect.</item>
/// <item>Record: one log line, the metrics, the usage.</item>
/// </list>
/// Errors are values until here; here they become a status and a body.
/// </summary>
public sealed class Gateway
{
    private readonly IGatewayConfigurationSource _configuration;
    private readonly Doorkeeper _doorkeeper;
    private readonly DialectRegistry _dialects;
    private readonly AttemptLoop _attempts;
    private readonly UpstreamCaller _caller;
    private readonly SmallDoors _doors;
    private readonly ManagementDesk _management;
    private readonly Drain _drain;
    private readonly GatewayHostLimits _limits;
    private readonly BodyBudget _budget;
    private readonly UsageMeter _meter;
    private readonly GatewayTelemetry _telemetry;
    private readonly TimeProvider _clock;
    private readonly ILogger<Gateway> _logger;

    internal Gateway(
        IGatewayConfigurationSource configuration,
        Doorkeeper doorkeeper,
        DialectRegistry dialects,
        AttemptLoop attempts,
        UpstreamCaller caller,
        SmallDoors doors,
        ManagementDesk management,
        Drain drain,
        GatewayHostLimits limits,
        BodyBudget budget,
        UsageMeter meter,
        GatewayTelemetry telemetry,
        TimeProvider clock,
        ILogger<Gateway> logger)
    {
        (_configuration, _doorkeeper, _dialects) = (configuration, doorkeeper, dialects);
        (_attempts, _caller, _doors, _management) = (attempts, caller, doors, management);
        (_drain, _limits, _budget) = (drain, limits, budget);
        (_meter, _telemetry, _clock, _logger) = (meter, telemetry, clock, logger);
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
        IServedDialect served = ClientDialect.Of(endpoint, context.Request, _dialects);
        CrossOrigin.Mark(context, _configuration.InForce?.Admission.Cors);
        using var exchange = new Exchange(endpoint, served, context, _clock, _budget, aborted)
        {
            HostEnd = host?.Told ?? default,
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
        if (endpoint.Kind == EndpointKind.Inference)
        {
            exchange.Attempt?.End(exchange.Error);
            exchange.Answering?.End(exchange.Error, bringsKey: exchange.Caller?.PresentedKey is not null);
            _meter.Record(exchange.ToRecord(), activity);
        }

        if (exchange.StreamBroke)
        {
            activity?.Stop();
            await BrokenStream.BreakOffAsync(exchange, _limits.Delivery).ConfigureAwait(false);
        }
    }

    private static GatewayError Canceled { get; } =
        new(ErrorStage.Stream, ErrorKind.Canceled, 499, "The client closed the request.");

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
        exchange.Admit(admission.Caller ?? throw new GatewayException(admission.Error!));
        if (exchange.Endpoint.Kind != EndpointKind.Inference)
        {
            await _doors.AnswerAsync(exchange).ConfigureAwait(false);
            return;
        }

        // 2 Understand
        if (RequestGuard.Check(exchange.Context.Request) is { } refusal)
        {
            throw new GatewayException(refusal);
        }

        await RequestReader.ReadAsync(exchange).ConfigureAwait(false);

        // 4 Route
        exchange.Route = Router.Route(exchange, configuration.Routing);
        if (exchange.Stream)
        {
            await StreamAsync(exchange).ConfigureAwait(false);
        }
        else
        {
            await AnswerWholeAsync(exchange).ConfigureAwait(false);
        }
    }

    private async ValueTask AnswerWholeAsync(Exchange exchange)
    {
        // 5 Transport
        using RequestDeadline deadline = Deadline(exchange);
        AttemptResult<Answer> result = await AttemptAsync(exchange, deadline).ConfigureAwait(false);
        exchange.Answering = result.Answering;

        // 6 Answer
        using Answer? answer = result.Value;
        exchange.Aborted.ThrowIfCancellationRequested();
        WholeAnswer whole = answer as WholeAnswer ?? throw new GatewayException(result.Error!);
        await AnswerWriter.WriteAsync(exchange, whole).ConfigureAwait(false);
    }

    private async ValueTask StreamAsync(Exchange exchange)
    {
        // 5 Transport
        using RequestDeadline deadline = Deadline(exchange);
        await using var client = new ClientStream(exchange);
        AttemptResult<Answer> result = await AttemptAsync(exchange, deadline).ConfigureAwait(false);
        exchange.Answering = result.Answering;

        // 6 Answer
        using Answer? answer = result.Value;
        exchange.Aborted.ThrowIfCancellationRequested();
        if (answer is StreamAnswer stream)
        {
            await AnswerWriter.WriteAsync(exchange, client, stream, deadline).ConfigureAwait(false);
        }
        else if (answer is WholeAnswer whole)
        {
            await AnswerWriter.WriteAsync(exchange, client, whole).ConfigureAwait(false);
        }
        else
        {
            await AnswerWriter.WriteErrorAsync(exchange, client, result.Error!).ConfigureAwait(false);
        }
    }

    private RequestDeadline Deadline(Exchange exchange) => new(
        exchange.Route!.Timeouts.Total,
        _clock,
        exchange.Stream ? null : _limits.FirstByte,
        exchange.Aborted,
        _drain.Over,
        exchange.HostEnd);

    private ValueTask<AttemptResult<Answer>> AttemptAsync(Exchange exchange, RequestDeadline deadline) =>
        _attempts.RunAsync(
            exchange.Facts,
            deadline,
            (target, _, token) => _caller.CallAsync(exchange, target, token),
            once: exchange.Context.Request.Headers.ContainsKey("x-lightport-no-retry"));

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
            await AnswerWriter.WriteErrorAsync(exchange, error).ConfigureAwait(false);
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
