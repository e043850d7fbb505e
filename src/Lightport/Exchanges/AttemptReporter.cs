using System.Diagnostics;
using Lightport.Conversation;
using Lightport.Prices;
using Lightport.Routing;
using Lightport.Telemetry;
using Lightport.Usage;
using Microsoft.Extensions.Logging;

namespace Lightport.Exchanges;

/// <summary>Tells of attempts: a span each, a measurement, and a line in the log where one failed.</summary>
internal sealed class AttemptReporter(GatewayTelemetry telemetry, PriceBook prices, ILogger<Gateway> logger)
{
    public Activity? Begin(string endpoint, string model) => telemetry.StartAttempt(endpoint, model);

    /// <summary>Whether the end of an attempt is told to anybody: most are not, where nothing is measured.</summary>
    public bool Hears(GatewayError? error, Activity? span) =>
        error is not null || span is not null || telemetry.MeasuresAttempts;

    /// <summary>What an answer cost.</summary>
    /// <param name="tier">The service that the provider says it was served at; null where it says none.</param>
    public Cost CostOf(Target target, TokenUsage usage, string? tier, DateTimeOffset moment) =>
        target.Price(prices, moment)?.Of(usage, tier) ?? Cost.UnknownModel;

    public void End(AttemptReport report, Activity? span)
    {
        telemetry.Record(report, span);
        if (report.Error is { Kind: not ErrorKind.Canceled })
        {
            GatewayLog.AttemptFailed(logger, report);
        }
    }
}
