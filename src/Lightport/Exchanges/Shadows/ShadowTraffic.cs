using Lightport.Conversation;
using Lightport.Exchanges.Stages;
using Lightport.Routing;
using Lightport.Routing.Selection;
using Lightport.Transport.Body;
using Lightport.Usage;
using Microsoft.Extensions.Logging;

namespace Lightport.Exchanges.Shadows;

/// <summary>
/// Sends copies of requests to a target whose answers are measured and thrown away. A copy shares nothing with its
/// request but what is read while it is made: no answer, no latency, no breaker, no retry budget.
/// <list type="number">
/// <item>Draws, looks whether the request may be sent twice, and copies its body: all that is done before it goes on.
/// </item>
/// <item>Asks the target once, and reads the answer to its end.</item>
/// <item>Counts what it used, under a key of its own.</item>
/// </list>
/// Past <see cref="MostInFlight"/> at once, without memory, and once the process stops, none is made.
/// </summary>
/// <param name="maker">Tells the log nothing of attempts that fail.</param>
/// <param name="stopping">The process is told to stop: copies that run are ended.</param>
internal sealed partial class ShadowTraffic(
    AttemptMaker maker,
    TargetSelector selector,
    UsageMeter meter,
    BodyBudget budget,
    Func<double> random,
    ILogger<ShadowTraffic> logger,
    CancellationToken stopping)
{
    internal const int MostInFlight = 32;

    private int _inFlight;

    public ShadowCounts Counts { get; } = new();

    /// <summary>Copies the request, where its route's shadow draws it. Never throws, and waits for nothing.</summary>
    public void Mirror(Exchange exchange)
    {
        ShadowPolicy shadow = exchange.Route!.Shadow!;
        if (random() >= shadow.Part || stopping.IsCancellationRequested)
        {
            return;
        }

        if (Interlocked.Increment(ref _inFlight) <= MostInFlight && Copy(exchange, shadow.Target) is { } copy)
        {
            _ = Task.Run(() => RunAsync(copy), CancellationToken.None);
            return;
        }

        Interlocked.Decrement(ref _inFlight);
        Counts.Skip();
    }

    /// <summary>Why the request would not be copied, in a sentence; null where its share alone decides.</summary>
    /// <exception cref="GatewayException">Its conversation cannot be read.</exception>
    public string? WhyNot(Exchange exchange, Target target) =>
        ShadowScope.WhyNot(exchange)
        ?? (selector.Narrow([target], exchange.Selection).Count == 0 ? "Its target cannot take it." : null)
        ?? (exchange.Conversation is ChatRequest conversation
            ? ShadowScope.WhyNot(conversation)
            : "It asks for no conversation's next turn.");

    /// <summary>Null where the request must not be sent there, or cannot be copied now.</summary>
    private Exchange? Copy(Exchange exchange, Target target)
    {
        try
        {
            return ShadowScope.WhyNot(exchange) is null && selector.Narrow([target], exchange.Selection).Count > 0
                ? ShadowCopy.Of(exchange, target, budget, stopping)
                : null;
        }
        catch (Exception e) when (e is BodyBudgetException or GatewayException)
        {
            // What is wrong with the request is told by its own attempt.
            return null;
        }
    }

    private async Task RunAsync(Exchange copy)
    {
        using (copy)
        {
            try
            {
                await AskAsync(copy).ConfigureAwait(false);
            }
            catch (GatewayException e)
            {
                copy.Error = e.Error;
            }
            catch (Exception e)
            {
                // Whatever it was, nobody waits for this answer.
                ShadowCrashed(logger, e, copy.RequestId);
                copy.Error = GatewayError.BadUpstream("The copy could not be sent.");
            }
            finally
            {
                Interlocked.Decrement(ref _inFlight);
                End(copy);
            }
        }
    }

    private async Task AskAsync(Exchange copy)
    {
        copy.Facts = copy.Served.Read(copy.Request) with { Model = copy.Facts.Model };
        if (copy.Conversation is not ChatRequest conversation || ShadowScope.WhyNot(conversation) is not null)
        {
            return;
        }

        using var deadline = new RequestDeadline(copy.Route!.Timeouts.Total, copy.Clock, host: null, copy.Aborted);
        await using var nobody = new ClientAnswer(copy, StageRun.None);
        try
        {
            AttemptOutcome<Source> asked = await maker
                .MakeAsync(copy, nobody, copy.Targets[0], deadline.Token)
                .ConfigureAwait(false);
            copy.Error = asked.Error;
            using Source? source = asked.Value;
            if (source is not null)
            {
                await nobody.WriteAsync(source, deadline).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (deadline.Token.IsCancellationRequested)
        {
            copy.Error = deadline.Error;
        }
    }

    private void End(Exchange copy)
    {
        if (copy.Attempt is not { } attempt)
        {
            Counts.Skip();
            return;
        }

        attempt.End(copy.Error);
        Counts.Send();
        if (copy.Error is { } error)
        {
            Counts.Fail();
            copy.Context.Response.StatusCode = error.Status;
        }

        meter.Count(copy.ToRecord());
        Shadowed(
            logger,
            copy.RequestId,
            LogWord.Of($"{attempt.Target}")!,
            copy.Context.Response.StatusCode,
            (long)attempt.Duration.TotalMilliseconds);
    }

    [LoggerMessage(15, LogLevel.Debug, "{RequestId}: a copy went to {Target}: status={Status} ms={Milliseconds}")]
    private static partial void Shadowed(
        ILogger logger, string requestId, string target, int status, long milliseconds);

    [LoggerMessage(16, LogLevel.Debug, "{RequestId}: a copy could not be sent")]
    private static partial void ShadowCrashed(ILogger logger, Exception exception, string requestId);
}
