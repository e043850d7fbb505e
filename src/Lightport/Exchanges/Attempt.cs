using System.Diagnostics;
using Lightport.Conversation;
using Lightport.Routing;
using Lightport.Usage;
using Microsoft.Extensions.Logging;

namespace Lightport.Exchanges;

/// <summary>One call to a target, up to the last byte of its answer: a span, and a log line where it failed.</summary>
internal sealed class Attempt
{
    private readonly Exchange _exchange;
    private readonly Target _target;
    private readonly GatewayTelemetry _telemetry;
    private readonly ILogger _logger;
    private readonly long _started;
    private readonly int _number;
    private readonly Activity? _span;
    private bool _over;

    public Attempt(Exchange exchange, Target target, GatewayTelemetry telemetry, ILogger logger)
    {
        (_exchange, _target, _telemetry, _logger) = (exchange, target, telemetry, logger);
        (_started, _number) = (exchange.Clock.GetTimestamp(), exchange.Attempts);
        _span = telemetry.StartAttempt(exchange.Endpoint.Name, target.Model);
    }

    /// <summary>Tells of it; only the first call does.</summary>
    /// <param name="error">How it failed; null where it did not.</param>
    public void End(GatewayError? error)
    {
        if (_over)
        {
            return;
        }

        _over = true;
        var report = new AttemptReport
        {
            RequestId = _exchange.RequestId,
            Endpoint = _exchange.Endpoint.Name,
            Number = _number,
            Provider = _target.Provider.Name,
            Model = _target.Model,
            Error = error,
            Duration = _exchange.Clock.GetElapsedTime(_started),
        };
        _telemetry.Record(report, _span);
        if (error is { Kind: not ErrorKind.Canceled })
        {
            GatewayLog.AttemptFailed(_logger, report);
        }
    }
}
