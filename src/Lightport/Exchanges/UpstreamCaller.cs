using Lightport.Conversation;
using Lightport.Routing;
using Lightport.Transport;
using Lightport.Transport.Signing;
using Lightport.Providers.Echo;
using Lightport.Usage;
using Microsoft.Extensions.Logging;

namespace Lightport.Exchanges;

/// <summary>Makes one attempt at one target: compose, sign, send, and read up to the answer's first content.</summary>
internal sealed class UpstreamCaller(
    CallPlanner planner,
    CallComposer composer,
    AnswerReader reader,
    ISecretSource secrets,
    IUpstream http,
    EchoUpstream echo,
    GatewayTelemetry telemetry,
    ILogger<Gateway> logger)
{
    /// <exception cref="GatewayException">The request cannot be put to this target.</exception>
    /// <exception cref="OperationCanceledException">The client has gone, or the whole request's time is up.</exception>
    public async ValueTask<AttemptOutcome<Answer>> CallAsync(
        Exchange exchange, Target target, CancellationToken cancellationToken)
    {
        exchange.Begin(target);
        var attempt = new Attempt(exchange, target, telemetry, logger);
        exchange.Attempt = attempt;
        try
        {
            AttemptOutcome<Answer> outcome =
                await SendAsync(exchange, target, cancellationToken).ConfigureAwait(false);
            exchange.Time.Enter(outcome.Succeeded ? ExchangePhase.Gateway : ExchangePhase.Pause);

            // A stream's attempt lasts until its last byte.
            if (outcome.Value is not StreamAnswer)
            {
                attempt.End(outcome.Error);
            }

            return outcome;
        }
        catch (GatewayException e)
        {
            exchange.Time.Enter(ExchangePhase.Pause);
            attempt.End(e.Error);
            throw;
        }
    }

    private async ValueTask<AttemptOutcome<Answer>> SendAsync(
        Exchange exchange, Target target, CancellationToken cancellationToken)
    {
        CallPlan plan = planner.Plan(target, exchange.Dialect);
        ComposedCall call = composer.Compose(exchange, target, plan);
        AttemptClock? clock = null;
        UpstreamResponse? response = null;
        bool handedOver = false;
        exchange.Time.Enter(ExchangePhase.Provider);
        try
        {
            string? key = plan.Signer is null
                ? null
                : await KeyAsync(exchange, target, cancellationToken).ConfigureAwait(false);
            exchange.KeyMask = new KeyMask(key);
            UpstreamRequest request = Sign(exchange, target, plan, call, key);
            clock = Clock(exchange, cancellationToken);
            IUpstream upstream = plan.Address.Scheme == EchoUpstream.Scheme ? echo : http;
            response = await upstream.SendAsync(request, clock.Token).ConfigureAwait(false);
            clock.MarkAnswering();
            AttemptOutcome<Answer> outcome =
                await reader.ReadAsync(exchange, target, call, response, clock).ConfigureAwait(false);
            handedOver = outcome.Value is StreamAnswer;
            return outcome.Error is { } error
                ? new AttemptOutcome<Answer>(Told(exchange, target, exchange.KeyMask.Apply(error)))
                : outcome;
        }
        catch (OperationCanceledException) when (clock?.TimeoutError(target.Provider.Name) is { } timeout)
        {
            SettlePrompt(exchange, response);
            return new AttemptOutcome<Answer>(timeout);
        }
        catch (OperationCanceledException) when (clock is not null)
        {
            SettlePrompt(exchange, response);
            throw;
        }
        catch (SecretUnavailableException e)
        {
            GatewayLog.SecretUnavailable(logger, exchange.RequestId, target.Provider.Name, e.Message);
            return new AttemptOutcome<Answer>(AttemptErrors.SecretUnavailable(target.Provider.Name));
        }
        catch (IllegalHeaderException e)
        {
            return new AttemptOutcome<Answer>(AttemptErrors.IllegalHeader(e, target.Provider.Name));
        }
        catch (UpstreamException e)
        {
            if (e.Failure == UpstreamFailure.Broken)
            {
                SettlePrompt(exchange, response);
            }

            return new AttemptOutcome<Answer>(AttemptErrors.Connection(e, target.Provider.Name));
        }
        catch (IOException e)
        {
            SettlePrompt(exchange, response);
            return new AttemptOutcome<Answer>(AttemptErrors.Broken(e, target.Provider.Name));
        }
        finally
        {
            if (!handedOver)
            {
                response?.Dispose();
                clock?.Dispose();
                call.Dispose();
            }
        }
    }

    /// <summary>The provider has the request and did not refuse it: whatever it thought by now is billed.</summary>
    private static void SettlePrompt(Exchange exchange, UpstreamResponse? response)
    {
        if (response is null or { Status: >= 200 and < 300 })
        {
            exchange.SettlePrompt();
        }
    }

    /// <summary>A refused key is the client's own trouble only where it brought that key.</summary>
    private GatewayError Told(Exchange exchange, Target target, GatewayError error)
    {
        if (error.Kind != ErrorKind.Authentication || exchange.Caller?.PresentedKey is not null)
        {
            return error;
        }

        string provider = target.Provider.Name;
        GatewayLog.SecretUnavailable(logger, exchange.RequestId, provider, "the key was refused.");
        return AttemptErrors.KeyRefused(provider) with { Headers = error.Headers };
    }

    private static AttemptClock Clock(Exchange exchange, CancellationToken cancellationToken)
    {
        StageTimeouts timeouts = exchange.Route!.Timeouts;
        TimeSpan begin = exchange.Stream ? timeouts.FirstByte : timeouts.WholeAnswer;
        return new AttemptClock(begin, timeouts.Idle, exchange.Clock, cancellationToken);
    }

    private static UpstreamRequest Sign(
        Exchange exchange, Target target, CallPlan plan, ComposedCall call, string? key)
    {
        var signing = new SigningRequest(
            HttpMethod.Post,
            exchange.Stream ? plan.StreamAddress : plan.Address,
            CallComposer.Headers(exchange, target, plan, call),
            call.Body);
        if (key is not null)
        {
            plan.Signer!.Sign(signing, key);
        }

        return new UpstreamRequest(
            target.Provider.Name, signing.Address, signing.Headers, call.Body, exchange.Route!.Timeouts.Connect)
        {
            Method = signing.Method,
            Memory = call.Buffer ?? exchange.Body,
        };
    }

    /// <summary>The caller's own key where it brought one for this provider, else the installation's.</summary>
    private async ValueTask<string> KeyAsync(Exchange exchange, Target target, CancellationToken cancellationToken)
    {
        if (exchange.Caller?.PresentedKey is { } own)
        {
            return exchange.KeyOwner!.Name == target.Provider.Name ? own : throw new GatewayException(
                AttemptErrors.ForeignKey(target.Provider.Name));
        }

        string name = target.Provider.SecretName!;
        if (await secrets.GetAsync(name, cancellationToken).ConfigureAwait(false) is { } key)
        {
            return key.AsSpan().ContainsAnyExceptInRange(' ', '~')
                ? throw new GatewayException(AttemptErrors.MalformedSecret(target.Provider.Name, name))
                : key;
        }

        GatewayLog.SecretUnavailable(logger, exchange.RequestId, target.Provider.Name, $"there is no secret '{name}'.");
        throw new GatewayException(AttemptErrors.MissingSecret(target.Provider.Name, name));
    }
}
