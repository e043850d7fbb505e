using System.Globalization;
using Lightport.Conversation;
using Lightport.Limits;

namespace Lightport.Exchanges.Limits;

/// <summary>
/// How a limit refuses, in words that name it and say what was left and what was asked. The breaker hears nothing of
/// it: no provider is at fault.
/// </summary>
internal static class LimitErrors
{
    private const string DoNotRetry = "x-should-retry";

    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StoreWait = TimeSpan.FromSeconds(5);

    /// <param name="grant">Without a hold.</param>
    /// <param name="asked">In the counter's unit.</param>
    /// <param name="passes">It is one target's limit: another may be asked.</param>
    /// <param name="part">What it was asked for.</param>
    public static GatewayError Refused(
        Exchange exchange,
        LimitCounter counter,
        in LimitGrant grant,
        long asked,
        bool passes,
        RefusedPart part = RefusedPart.Answer)
    {
        if (grant.IsUnknown)
        {
            return Unknown(counter, passes);
        }

        bool never = asked > counter.Most;
        GatewayError error = counter.Measure == LimitMeasure.Money
            ? Spent(exchange, counter, grant, asked, part)
            : Limited(exchange, counter, grant, asked, never);
        return error with { Quota = counter.Limit, Retryable = passes, ShouldRetry = false };
    }

    /// <summary>A hard budget, and an attempt whose cost nothing bounds.</summary>
    public static GatewayError NoBound(Exchange exchange, string limit, string why, bool passes) => new(
        ErrorStage.Limits,
        ErrorKind.QuotaExceeded,
        exchange.Family.QuotaStatus,
        $"The budget '{limit}' is hard, and lets through only what has a bound: {why}, or make the limit soft with "
        + "'then'.")
    {
        Code = "unbounded_cost",
        Quota = limit,
        Retryable = passes,
        ShouldRetry = false,
        Headers = [new(DoNotRetry, "false")],
    };

    public static GatewayException NoLedger() => new(Unavailable(
        "Limits are configured, and this gateway was built without a ledger to count in.") with { Lasts = true });

    private static GatewayError Unknown(LimitCounter counter, bool passes) => Unavailable(
        $"How much is left of the limit '{counter.Limit}' cannot be found out now. Try again in a few seconds.") with
    {
        Quota = counter.Limit,
        Retryable = passes,
        RetryAfter = StoreWait,
        Headers = [new("retry-after", "5")],
    };

    private static GatewayError Unavailable(string message) => new(
        ErrorStage.Limits, ErrorKind.Overloaded, 503, message)
    {
        Code = "limits_unavailable",
        ShouldRetry = false,
    };

    private static GatewayError Spent(
        Exchange exchange, LimitCounter counter, in LimitGrant grant, long asked, RefusedPart part) => new(
        ErrorStage.Limits,
        ErrorKind.QuotaExceeded,
        exchange.Family.QuotaStatus,
        $"The budget '{counter.Limit}' of {Dollars(counter.Most)}{Period(counter.Period)} has {Dollars(grant.Left)} "
        + $"left{Until(grant.ResetsAt)}, and "
        + (exchange.Runs.Called is null
            ? $"{WhatCosts(part, Dollars(asked))}, or ask whoever runs the gateway."
            : $"this call costs {Dollars(asked)}. Ask whoever runs the gateway."))
    {
        Code = "insufficient_quota",
        Headers = [new(DoNotRetry, "false")],
    };

    /// <summary>What asks for so much, and what would ask for less.</summary>
    private static string WhatCosts(RefusedPart part, string dollars) => part switch
    {
        RefusedPart.Runs => $"the tools that its answer calls may cost up to {dollars}. Offer no tools that cost",
        RefusedPart.Prompt => $"this request may cost up to {dollars}, and more than is left before its answer begins. "
            + "Send less in it: a file counts as all that the model can read",
        _ => $"this request may cost up to {dollars}. Lower the most tokens of its answer",
    };

    private static GatewayError Limited(
        Exchange exchange, LimitCounter counter, in LimitGrant grant, long asked, bool never)
    {
        DateTimeOffset now = exchange.Clock.GetUtcNow();
        TimeSpan wait = grant.ResetsAt is { } reset && reset > now ? reset - now : ShortWait;
        string unit = Unit(counter.Measure);
        string most = counter.Measure == LimitMeasure.Concurrent
            ? $"{Number(counter.Most)} {unit}"
            : $"{Number(counter.Most)} {unit} a minute";
        return new GatewayError(
            ErrorStage.Limits,
            ErrorKind.RateLimit,
            429,
            $"The limit '{counter.Limit}' allows {most}; {Number(grant.Left)} are left{Until(grant.ResetsAt)}, and "
            + $"this request needs up to {Number(asked)}."
            + (never ? " It will never fit: make it shorter, or lower the most tokens of its answer." : ""))
        {
            Code = "rate_limit_exceeded",
            RetryAfter = never ? null : wait,
            Headers = never
                ? [new(DoNotRetry, "false")]
                :
                [
                    new("retry-after", Number((long)Math.Ceiling(wait.TotalSeconds))),
                    new("retry-after-ms", Number((long)Math.Ceiling(wait.TotalMilliseconds))),
                ],
        };
    }

    private static string Unit(LimitMeasure measure) => measure switch
    {
        LimitMeasure.Requests => "requests",
        LimitMeasure.Tokens => "tokens",
        _ => "requests at the same time",
    };

    private static string Period(LimitPeriod period) => period switch
    {
        LimitPeriod.Day => " a day",
        LimitPeriod.Month => " a month",
        _ => "",
    };

    private static string Until(DateTimeOffset? reset) => reset is { } moment
        ? string.Create(CultureInfo.InvariantCulture, $" until {moment.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}")
        : "";

    private static string Number(long number) =>
        Math.Max(0, number).ToString(CultureInfo.InvariantCulture);

    private static string Dollars(long nanoDollars) => string.Create(
        CultureInfo.InvariantCulture, $"${NanoDollars.ToDollars(Math.Max(0, nanoDollars)):0.00#######}");
}
