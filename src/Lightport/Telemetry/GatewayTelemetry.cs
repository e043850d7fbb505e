using System.Diagnostics;
using System.Diagnostics.Metrics;
using Lightport.Conversation;
using Lightport.Prices;
using Lightport.Usage;
using Microsoft.AspNetCore.Http;

namespace Lightport.Telemetry;

/// <summary>
/// Traces and metrics by the GenAI semantic conventions (https://opentelemetry.io/docs/specs/semconv/gen-ai/). Content
/// is never recorded.
/// </summary>
internal sealed class GatewayTelemetry : IDisposable
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Lightport";

    // The conventions' own: a second, and a token, are too coarse or too fine for what is there by default.
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries =
            [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84, 327.68],
    };

    private static readonly InstrumentAdvice<double> FirstBytes = new()
    {
        HistogramBucketBoundaries =
            [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 120],
    };

    private static readonly InstrumentAdvice<long> Tokens = new()
    {
        HistogramBucketBoundaries =
            [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304],
    };

    private readonly ActivitySource _activities = new(Name);
    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _firstByte;
    private readonly Histogram<double> _calls;
    private readonly Histogram<long> _tokens;

    public GatewayTelemetry(IMeterFactory? meters = null)
    {
        _meter = meters?.Create(new MeterOptions(Name)) ?? new Meter(Name);
        _duration = _meter.CreateHistogram(
            "gen_ai.server.request.duration", "s", "Whole requests.", tags: null, Durations);
        _firstByte = _meter.CreateHistogram(
            "gen_ai.server.time_to_first_token", "s", "Until the answer's first byte.", tags: null, FirstBytes);
        _calls = _meter.CreateHistogram(
            "gen_ai.client.operation.duration", "s", "Calls to providers.", tags: null, Durations);
        _tokens = _meter.CreateHistogram(
            "gen_ai.client.token.usage", "{token}", "Tokens, by type.", tags: null, Tokens);
    }

    /// <summary>Tells what is true at the moment in which it is asked for.</summary>
    public void Observe(string name, string unit, string description, Func<IEnumerable<Measurement<int>>> read) =>
        _meter.CreateObservableGauge(name, read, unit, description);

    /// <summary>Tells how many there have been when it is asked for.</summary>
    public void Observe(string name, string description, Func<long> read) =>
        _meter.CreateObservableCounter(name, read, "{retry}", description);

    /// <summary>Whether anybody listens to the measurements of calls to providers.</summary>
    public bool MeasuresAttempts => _calls.Enabled;

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
        ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out ActivityContext caller);
        return _activities.StartActivity(operation, ActivityKind.Server, caller);
    }

    /// <summary>Starts the span of one call to a provider, below its request's; null while nobody listens.</summary>
    /// <param name="endpoint">The door that the request came in by.</param>
    /// <param name="model">The model's name at the provider.</param>
    public Activity? StartAttempt(string endpoint, string model) => _activities.HasListeners()
        ? _activities.StartActivity($"{OperationName(endpoint)} {model}", ActivityKind.Client)
        : null;

    /// <summary>Ends the call's span.</summary>
    public void Record(AttemptReport report, Activity? activity)
    {
        if (activity is not null)
        {
            Describe(activity, report);
            activity.Dispose();
        }

        if (_calls.Enabled)
        {
            _calls.Record(report.Duration.TotalSeconds, Tags(report));
        }
    }

    /// <param name="activity">The request's span; null while nobody listens.</param>
    public void Record(UsageRecord record, Activity? activity)
    {
        if (activity is not null)
        {
            Describe(activity, record);
        }

        if (!_duration.Enabled && !_tokens.Enabled && !_firstByte.Enabled)
        {
            return;
        }

        TagList tags = Tags(record);
        _duration.Record(record.Duration.TotalSeconds, tags);
        if (record.FirstByte is { } firstByte)
        {
            _firstByte.Record(firstByte.TotalSeconds, tags);
        }

        if (record.Usage is { } usage)
        {
            RecordTokens(usage, tags);
        }

        foreach (AttemptUsage lost in record.Lost)
        {
            RecordTokens(lost.Usage, Tags(record, lost.Provider, lost.Model));
        }
    }

    public void Dispose()
    {
        _activities.Dispose();
        _meter.Dispose();
    }

    private static TagList Tags(UsageRecord record) => Tags(record, record.Provider, record.Model);

    private static TagList Tags(UsageRecord record, string? provider, string? model) => new()
    {
        { "gen_ai.operation.name", OperationName(record.Endpoint) },
        { "gen_ai.provider.name", provider },
        { "gen_ai.request.model", record.RequestedModel },
        { "gen_ai.response.model", model },
        { "error.type", ErrorType(record.Error) },
    };

    private static TagList Tags(AttemptReport report) => new()
    {
        { "gen_ai.operation.name", OperationName(report.Endpoint) },
        { "gen_ai.provider.name", report.Provider },
        { "gen_ai.request.model", report.Model },
        { "error.type", ErrorType(report.Error) },
    };

    /// <summary>A client that goes has seen enough: nothing failed.</summary>
    private static string? ErrorType(GatewayError? error) =>
        error is null or { Kind: ErrorKind.Canceled } ? null : error.Kind.ToString();

    private static string OperationName(string endpoint) => endpoint switch
    {
        "Embeddings" => "embeddings",
        "Completions" => "text_completion",
        "CountTokens" or "InputTokens" or "GeminiCountTokens" or "GeminiCountTokensBeta" => "count_tokens",
        _ => "chat",
    };

    private static void Describe(Activity activity, UsageRecord record)
    {
        foreach ((string name, object? value) in Tags(record))
        {
            activity.SetTag(name, value);
        }

        activity.SetTag("gen_ai.response.id", record.ResponseId);
        activity.SetTag("gen_ai.usage.input_tokens", record.Usage?.Prompt);
        activity.SetTag("gen_ai.usage.output_tokens", record.Usage?.Completion);
        activity.SetTag("gen_ai.response.finish_reasons", record.Finish is { } end ? new[] { end.ToString() } : null);
        activity.SetTag("http.response.status_code", record.Status);
        Tell(activity, record.Cost);
        activity.SetTag("lightport.rule", record.Rule);
        activity.SetTag("lightport.tag", record.Tag);
        activity.SetTag("lightport.passed_over", record.PassedOver is { Count: > 0 } passed ? passed : null);
        activity.SetTag("lightport.rules.failed", record.FailedRules is { Count: > 0 } failed ? failed : null);
        activity.SetTag("lightport.answer.dropped", record.AnswerDropped is { Count: > 0 } unsaid ? unsaid : null);
        Judge(activity, record.Error);
    }

    private static void Describe(Activity activity, AttemptReport report)
    {
        foreach ((string name, object? value) in Tags(report))
        {
            activity.SetTag(name, value);
        }

        activity.SetTag("lightport.attempt", report.Number);
        Tell(activity, report.Cost);
        activity.SetTag("lightport.account", report.Account);
        Judge(activity, report.Error);
    }

    private static void Tell(Activity activity, Cost? cost)
    {
        activity.SetTag("lightport.cost.usd", (double?)cost?.Dollars);
        activity.SetTag("lightport.cost.unpriced", cost?.Unpriced);
        activity.SetTag("lightport.cost.version", cost?.Version);
    }

    private static void Judge(Activity activity, GatewayError? error)
    {
        if (ErrorType(error) is { } type)
        {
            activity.SetStatus(ActivityStatusCode.Error, type);
        }
    }

    private void RecordTokens(TokenUsage usage, TagList tags)
    {
        tags.Add("gen_ai.token.type", "input");
        _tokens.Record(usage.Prompt, tags);
        tags[^1] = new("gen_ai.token.type", "output");
        _tokens.Record(usage.Completion, tags);
    }
}
