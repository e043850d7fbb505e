using System.Diagnostics;
using System.Diagnostics.Metrics;
using Lightport.Usage;
using Microsoft.AspNetCore.Http;

namespace Lightport.Telemetry;

/// <summary>
/// Traces and metrics by the conventions for generative AI, with their names from <see cref="TelemetryNames"/>. Content
/// is never recorded.
/// </summary>
/// <param name="models">The names of models as metrics may have them.</param>
/// <param name="propagates">Whether traces come in from clients and go on to providers.</param>
/// <param name="meters">Where the host wants meters to be made.</param>
internal sealed class GatewayTelemetry(ModelLabels models, bool propagates, IMeterFactory? meters = null) : IDisposable
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Lightport";

    private readonly ActivitySource _activities = new(Name);
    private readonly CallNames _calls = new();
    private readonly GatewayMeter _meter = new(meters?.Create(new MeterOptions(Name)) ?? new Meter(Name), models);

    /// <summary>What is measured.</summary>
    public GatewayMeter Meter => _meter;

    /// <summary>Whether anybody listens to the measurements of calls to providers.</summary>
    public bool MeasuresAttempts => _meter.MeasuresCalls;

    /// <summary>Tells what is true at the moment in which it is asked for.</summary>
    public void Observe(string name, string unit, string description, Func<IEnumerable<Measurement<int>>> read) =>
        _meter.Meter.CreateObservableGauge(name, read, unit, description);

    /// <summary>The same, of amounts.</summary>
    public void Observe(string name, string unit, string description, Func<IEnumerable<Measurement<long>>> read) =>
        _meter.Meter.CreateObservableGauge(name, read, unit, description);

    /// <summary>Tells how many there have been when it is asked for.</summary>
    public void Count(string name, string unit, string description, Func<long> read) =>
        _meter.Meter.CreateObservableCounter(name, read, unit, description);

    /// <summary>Whether metrics tell of a model by its name: not of one that a client may have invented.</summary>
    public bool Names(string model) => _meter.Names(model);

    /// <summary>Starts the request's span; null while nobody listens.</summary>
    /// <param name="headers">Whose trace it goes on with, as the client says (<c>traceparent</c>).</param>
    public Activity? Start(string operation, IHeaderDictionary headers)
    {
        if (!_activities.HasListeners())
        {
            return null;
        }

        if (Activity.Current is { Source.Name.Length: > 0 })
        {
            return _activities.StartActivity(operation, ActivityKind.Server);
        }

        // The web server makes one for its log's scopes even where nobody listens: a parent that no trace will hold.
        Activity.Current = null;
        ActivityContext caller = default;
        if (propagates)
        {
            ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out caller);
        }

        return _activities.StartActivity(operation, ActivityKind.Server, caller);
    }

    /// <summary>Starts the span of one call to a provider, below its request's; null while nobody listens.</summary>
    /// <param name="endpoint">The door that the request came in by.</param>
    /// <param name="providerId">The provider's id in the catalog.</param>
    /// <param name="model">The model's name at the provider.</param>
    /// <param name="beside">The span of a call that is slow, beside which this one is made; null for none.</param>
    public Activity? StartAttempt(string endpoint, string providerId, string model, Activity? beside)
    {
        if (!_activities.HasListeners())
        {
            return null;
        }

        // What a sampler may decide by is there from the beginning.
        CallName name = _calls.Of(TelemetryNames.OperationAt(endpoint), providerId, model);
        Activity? span = _activities.StartActivity(
            name.Span,
            ActivityKind.Client,
            parentContext: default,
            name.Tags,
            beside is null ? null : [new ActivityLink(beside.Context)]);
        if (beside is not null)
        {
            span?.SetTag(TelemetryNames.Hedge, true);
        }

        return span;
    }

    /// <summary>Hands the trace on to the provider that is called.</summary>
    public void Propagate(Activity? span, List<KeyValuePair<string, string>> headers)
    {
        if (span is not null && propagates)
        {
            TraceContext.Write(span, headers);
        }
    }

    /// <summary>Ends the call's span.</summary>
    public void Record(AttemptReport report, Activity? span)
    {
        if (span is { IsAllDataRequested: true })
        {
            SpanFacts.Describe(span, report);
        }

        span?.Dispose();

        _meter.Record(report);
    }

    /// <summary>Starts the span of one call of an MCP server's tool; null while nobody listens.</summary>
    /// <param name="method">The protocol's word for what is asked, where it is no call of a tool.</param>
    public Activity? StartTool(string server, string tool, string? method = null) => !_activities.HasListeners()
        ? null
        : _activities.StartActivity(
            method ?? $"{TelemetryNames.McpCallTool} {tool}",
            ActivityKind.Client,
            parentContext: default,
            new ActivityTagsCollection
            {
                [TelemetryNames.McpMethod] = method ?? TelemetryNames.McpCallTool,
                [TelemetryNames.OperationName] = method is null ? TelemetryNames.ExecuteTool : null,
                [TelemetryNames.ToolName] = method is null ? tool : null,
                [TelemetryNames.McpServer] = server,
            });

    /// <summary>Ends that call's span.</summary>
    public void Record(in ToolRun run, Activity? span)
    {
        if (span is not null)
        {
            if (run.Failure is { } failure)
            {
                span.SetTag(TelemetryNames.ErrorType, failure);
                span.SetStatus(ActivityStatusCode.Error);
            }

            span.Dispose();
        }

        _meter.Record(run);
    }

    /// <param name="span">The request's span; null while nobody listens.</param>
    public void Record(UsageRecord record, Activity? span)
    {
        // Of a trace that no sampler has chosen only the ids are of use.
        if (span is { IsAllDataRequested: true })
        {
            SpanFacts.Describe(span, record);
        }

        _meter.Record(record);
    }

    public void Dispose()
    {
        _activities.Dispose();
        _meter.Dispose();
    }
}
