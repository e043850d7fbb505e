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
    /// <param name="beside">The span of a call that is slow, beside which this one is made; null for none.</param>
    public Activity? Begin(string endpoint, Target target, Activity? beside) =>
        telemetry.StartAttempt(endpoint, target.Provider.Provider.Id, target.Model, beside);

    /// <summary>Hands the trace on to the provider.</summary>
    public void Trace(Activity? span, List<KeyValuePair<string, string>> headers) =>
        telemetry.Propagate(span, headers);

    /// <summary>Whether anybody listens to how the pieces of an answer come.</summary>
    public bool HearsChunks => telemetry.Meter.MeasuresChunks;

    /// <summary>A piece of an answer has come, so long after the one before it.</summary>
    public void Chunk(string endpoint, Target target, TimeSpan wait) =>
        telemetry.Meter.RecordChunk(endpoint, target.Provider.Provider.Id, target.Model, wait);

    /// <summary>Whether the end of an attempt is told to anybody: most are not, where nothing is measured.</summary>
    public bool Hears(GatewayError? error, Activity? span) =>
        error is not null || span is not null || telemetry.MeasuresAttempts;

    /// <summary>What an answer cost.</summary>
    /// <param name="tier">The service that the provider says it was served at; null where it says none.</param>
    public Cost CostOf(Target target, TokenUsage usage, string? tier, DateTimeOffset moment)
    {
        Cost cost = CostOf(target, usage.Model ?? target.Model, usage, tier, moment);
        for (int i = 0; i < (usage.OfOthers?.Count ?? 0); i++)
        {
            ModelUsage other = usage.OfOthers![i];
            cost = cost.Plus(CostOf(target, other.Model, other.Usage, tier, moment));
        }

        return cost;
    }

    private Cost CostOf(Target target, string model, TokenUsage usage, string? tier, DateTimeOffset moment) =>
        target.Price(model, prices, moment)?.Of(usage, tier) ?? Cost.UnknownModel;

    public void End(AttemptReport report, Activity? span)
    {
        telemetry.Record(report, span);
        if (report.Error is { Kind: not ErrorKind.Canceled })
        {
            GatewayLog.AttemptFailed(logger, report);
        }
    }
}
