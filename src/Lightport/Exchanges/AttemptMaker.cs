using System.Runtime.CompilerServices;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Exchanges.Limits;
using Lightport.Providers.Echo;
using Lightport.Routing;
using Lightport.Transport;
using Lightport.Transport.Body;
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
    /// <summary>Makes the attempts of one request.</summary>
    public Func<Target, AttemptInfo, CancellationToken, ValueTask<AttemptOutcome<Source>>> For(
        Exchange exchange, ClientAnswer client) =>
        (target, _, cancellationToken) => MakeAsync(exchange, client, target, cancellationToken);

    /// <exception cref="GatewayException">The request cannot be put to this target.</exception>
    /// <exception cref="OperationCanceledException">The client has gone, or the whole request's time is up.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<AttemptOutcome<Source>> MakeAsync(
        Exchange exchange, ClientAnswer client, Target target, CancellationToken cancellationToken)
    {
        AttemptHolds? held = exchange.Limits is { } limits
            ? await limits.HoldAsync(target, cancellationToken).ConfigureAwait(false)
            : null;
        Attempt attempt = exchange.Begin(target, reporter, held);
        string provider = target.Provider.Name;
        Call? call = null;
        AttemptClock? clock = null;
        UpstreamResponse? response = null;
        Source? source = null;
        try
        {
            bool asEvents = client.Stages.ChangesAnswer || exchange.IsChanged;
            CallPlan plan = asEvents
                ? planner.PlanSpoken(target, exchange.Asked)
                : planner.Plan(target, exchange.Asked);

            // Set first: it is this attempt's list that the client is told, also where the attempt is refused.
            attempt.Losses = CallWriter.Losses(exchange.Route!, plan);
            call = CallWriter.Write(exchange, target, plan, attempt.Losses, asEvents, held?.OutputLimit);
            exchange.Time.Enter(ExchangePhase.Provider);
            string? key = plan.Signer is null
                ? null
                : await secrets.FindAsync(exchange, target, plan.Token, cancellationToken).ConfigureAwait(false);
            attempt.KeyMask = secrets.MaskOf(exchange, key);
            UpstreamRequest request = Sign(exchange, attempt, plan, call, key);
            clock = Clock(exchange, cancellationToken);
            IUpstream upstream = plan.Address.Scheme == EchoUpstream.Scheme ? echo : http;
            response = await upstream.SendAsync(request, clock.Token).ConfigureAwait(false);
            clock.MarkAnswering();
            GatewayError? failed;
            if (response.Status is < 200 or >= 300)
            {
                failed = await ProviderError.ReadAsync(exchange, attempt, call, response, clock).ConfigureAwait(false);
            }
            else
            {
                source = new Source(exchange, attempt, call, plan.Framing ?? call.Framing, response, clock, client);
                failed = await source.OpenAsync().ConfigureAwait(false);
            }

            if (failed is not null)
            {
                client.GiveUp(attempt);
                return Failed(
                    exchange,
                    attempt,
                    secrets.Told(exchange, target, response.Status, key, attempt.KeyMask.Apply(failed)));
            }

            if (!client.TryTake(attempt))
            {
                source!.Dispose();
                throw new BeatenException();
            }

            return Begun(exchange, source!);
        }
        catch (GatewayException e)
        {
            Failed(exchange, attempt, e.Error);
            throw;
        }
        catch (BodyBudgetException) when (response is not null)
        {
            // There is no memory for the answer, which is billed all the same.
            SettleUnread(attempt, response);
            throw;
        }
        catch (OperationCanceledException) when (clock?.TimeoutError(provider) is { } timeout)
        {
            SettleUnread(attempt, response);
            return Failed(exchange, attempt, timeout);
        }
        catch (OperationCanceledException) when (clock is not null)
        {
            SettleUnread(attempt, response);
            if (client.IsBeaten(attempt))
            {
                attempt.End(AttemptErrors.Beaten);
            }

            throw;
        }
        catch (SecretUnavailableException e)
        {
            GatewayLog.SecretUnavailable(logger, exchange.RequestId, provider, e.Message);
            return Failed(exchange, attempt, AttemptErrors.SecretUnavailable(provider));
        }
        catch (UnusableKeyException e)
        {
            return Failed(exchange, attempt, AttemptErrors.UnusableSecret(e, provider, target.Provider.SecretName!));
        }
        catch (IllegalHeaderException e)
        {
            return Failed(exchange, attempt, AttemptErrors.IllegalHeader(e, provider));
        }
        catch (UpstreamException e)
        {
            if (e.Failure == UpstreamFailure.Broken)
            {
                SettleUnread(attempt, response);
            }

            return Failed(exchange, attempt, AttemptErrors.Connection(e, provider));
        }
        catch (IOException e)
        {
            SettleUnread(attempt, response);
            return Failed(exchange, attempt, AttemptErrors.Broken(e, provider));
        }
        finally
        {
            // A source that was opened has all of it, and gives it back with the answer's last byte.
            if (source is not { IsOpen: true })
            {
                source?.Dispose();
                response?.Dispose();
                clock?.Dispose();
                call?.Dispose();
            }
        }
    }

    private static AttemptOutcome<Source> Begun(Exchange exchange, Source source)
    {
        exchange.Time.Enter(ExchangePhase.Gateway);

        // A stream's attempt lasts until its last byte.
        if (source.IsWhole)
        {
            source.Attempt.End(null);
        }

        return new(source);
    }

    private static AttemptOutcome<Source> Failed(Exchange exchange, Attempt attempt, GatewayError error)
    {
        exchange.Time.Enter(ExchangePhase.Pause);
        attempt.End(error);
        return new(error);
    }

    /// <summary>The provider has the request and did not refuse it: whatever it made by now is billed.</summary>
    private static void SettleUnread(Attempt attempt, UpstreamResponse? response)
    {
        if (response is null or { Status: >= 200 and < 300 })
        {
            attempt.SettleUnread();
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
        Target target = attempt.Target;
        var signing = new SigningRequest(
            call.Method,
            CallWriter.Address(exchange, plan, call),
            CallWriter.Headers(exchange, target, plan, call),
            call.Body)
        {
            Scope = plan.SigningScope,
        };
        if (key is not null)
        {
            plan.Signer!.Sign(signing, key);
        }

        // After the signature: what traces on the way may change is not signed.
        attempt.Trace(signing.Headers);
        attempt.Address = plan.Address;
        attempt.TokensPerSecond = plan.Traits.TokensPerSecond ?? UnreadAnswer.TokensPerSecond;

        return new UpstreamRequest(
            target.Provider.Name, signing.Address, signing.Headers, call.Body, exchange.Route!.Timeouts.Connect)
        {
            Method = signing.Method,
            MediaType = call.MediaType,
            Memory = call.Memory ?? exchange.Request.Memory,
        };
    }
}
