using System.Runtime.CompilerServices;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Providers.Echo;
using Lightport.Routing;
using Lightport.Transport;
using Lightport.Transport.Signing;
using Lightport.Usage;
using Microsoft.Extensions.Logging;

namespace Lightport.Exchanges;

/// <summary>Makes one attempt at one target: write, sign, send, and read up to the answer's first content.</summary>
internal sealed class AttemptMaker(
    CallPlanner planner,
    SecretFinder secrets,
    IUpstream http,
    EchoUpstream echo,
    AttemptReporter reporter,
    ILogger<Gateway> logger)
{
    /// <exception cref="GatewayException">The request cannot be put to this target.</exception>
    /// <exception cref="OperationCanceledException">The client has gone, or the whole request's time is up.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<AttemptOutcome<Source>> MakeAsync(
        Exchange exchange, ClientAnswer client, Target target, CancellationToken cancellationToken)
    {
        Attempt attempt = exchange.Begin(target, reporter);
        try
        {
            AttemptOutcome<Source> outcome =
                await SendAsync(exchange, attempt, client, cancellationToken).ConfigureAwait(false);
            exchange.Time.Enter(outcome.Succeeded ? ExchangePhase.Gateway : ExchangePhase.Pause);

            // A stream's attempt lasts until its last byte.
            if (outcome.Value is not { IsWhole: false })
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

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<AttemptOutcome<Source>> SendAsync(
        Exchange exchange, Attempt attempt, ClientAnswer client, CancellationToken cancellationToken)
    {
        string provider = attempt.Target.Provider.Name;
        CallPlan plan = planner.Plan(attempt.Target, exchange.Asked);

        // Set first: it is this attempt's list that the client is told, also where the attempt is refused.
        LossLedger losses = CallWriter.Losses(exchange.Route!, plan);
        attempt.Dropped = losses.Dropped;
        bool asEvents = client.Stages.ChangesAnswer || exchange.IsChanged;
        Call call = CallWriter.Write(exchange, attempt.Target, plan, losses, asEvents);
        AttemptClock? clock = null;
        UpstreamResponse? response = null;
        Source? source = null;
        exchange.Time.Enter(ExchangePhase.Provider);
        try
        {
            string? key = plan.Signer is null
                ? null
                : await secrets.FindAsync(exchange, attempt.Target, cancellationToken).ConfigureAwait(false);
            attempt.KeyMask = new KeyMask(key);
            UpstreamRequest request = Sign(exchange, attempt, plan, call, key);
            clock = Clock(exchange, cancellationToken);
            IUpstream upstream = plan.Address.Scheme == EchoUpstream.Scheme ? echo : http;
            response = await upstream.SendAsync(request, clock.Token).ConfigureAwait(false);
            clock.MarkAnswering();
            if (response.Status is < 200 or >= 300)
            {
                GatewayError refused =
                    await ProviderError.ReadAsync(exchange, attempt, call, response, clock).ConfigureAwait(false);
                return new(secrets.Told(exchange, attempt.Target, response.Status, attempt.KeyMask.Apply(refused)));
            }

            source = new Source(exchange, attempt, call, plan.Framing ?? call.Framing, response, clock, client);
            GatewayError? failed = await source.OpenAsync().ConfigureAwait(false);
            return failed is null
                ? new(source)
                : new(secrets.Told(exchange, attempt.Target, response.Status, attempt.KeyMask.Apply(failed)));
        }
        catch (OperationCanceledException) when (clock?.TimeoutError(provider) is { } timeout)
        {
            SettlePrompt(attempt, response);
            return new(timeout);
        }
        catch (OperationCanceledException) when (clock is not null)
        {
            SettlePrompt(attempt, response);
            throw;
        }
        catch (SecretUnavailableException e)
        {
            GatewayLog.SecretUnavailable(logger, exchange.RequestId, provider, e.Message);
            return new(AttemptErrors.SecretUnavailable(provider));
        }
        catch (IllegalHeaderException e)
        {
            return new(AttemptErrors.IllegalHeader(e, provider));
        }
        catch (UpstreamException e)
        {
            if (e.Failure == UpstreamFailure.Broken)
            {
                SettlePrompt(attempt, response);
            }

            return new(AttemptErrors.Connection(e, provider));
        }
        catch (IOException e)
        {
            SettlePrompt(attempt, response);
            return new(AttemptErrors.Broken(e, provider));
        }
        finally
        {
            // A source that was opened has all of it, and gives it back with the answer's last byte.
            if (source is not { IsOpen: true })
            {
                source?.Dispose();
                response?.Dispose();
                clock?.Dispose();
                call.Dispose();
            }
        }
    }

    /// <summary>The provider has the request and did not refuse it: whatever it thought by now is billed.</summary>
    private static void SettlePrompt(Attempt attempt, UpstreamResponse? response)
    {
        if (response is null or { Status: >= 200 and < 300 })
        {
            attempt.SettlePrompt();
        }
    }

    private static AttemptClock Clock(Exchange exchange, CancellationToken cancellationToken)
    {
        StageTimeouts timeouts = exchange.Route!.Timeouts;
        TimeSpan begin = exchange.Stream ? timeouts.FirstByte : timeouts.WholeAnswer;
        return new AttemptClock(begin, timeouts.Idle, exchange.Clock, cancellationToken);
    }

    private static UpstreamRequest Sign(Exchange exchange, Attempt attempt, CallPlan plan, Call call, string? key)
    {
        var signing = new SigningRequest(
            call.Method,
            exchange.Stream ? plan.StreamAddress : plan.Address,
            CallWriter.Headers(exchange, attempt.Target, plan, call),
            call.Body);
        if (key is not null)
        {
            plan.Signer!.Sign(signing, key);
        }

        string pool = attempt.Target.Provider.Name;
        return new UpstreamRequest(
            pool, signing.Address, signing.Headers, call.Body, exchange.Route!.Timeouts.Connect)
        {
            Method = signing.Method,
            MediaType = call.MediaType,
            Memory = call.Memory ?? exchange.Request.Memory,
        };
    }
}
