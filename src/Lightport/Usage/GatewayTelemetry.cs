using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Lightport.Usage;

/// <summary>
/// Traces and metrics by the GenAI semantic conventions (https://opentelemetry.io/docs/specs/semconv/gen-ai/). Content
/// is never recorded.
/// </summary>
public sealed class GatewayTelemetry : IDisposable
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Lightport";

    private readonly ActivitySource _activities = new(Name);
    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _firstByte;
    private readonly Histogram<long> _tokens;

    public GatewayTelemetry(IMeterFactory? meters = null)
    {
        _meter = meters?.Create(new MeterOptions(Name)) ?? new Meter(Name);
        _duration = _meter.CreateHistogram<double>("gen_ai.server.request.duration", "s", "Whole requests.");
        _firstByte =
            _meter.CreateHistogram<double>("gen_ai.server.time_to_first_token", "s", "Until the answer's first byte.");
        _tokens = _meter.CreateHistogram<long>("gen_ai.client.token.usage", "{token}", "Tokens, by type.");
    }

    /// <summary>Starts the request's span; null while nobody listens.</summary>
    public Activity? Start(string operation) => _activities.StartActivity(operation, ActivityKind.Server);

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
            RecordTokens(usage.Prompt, "input", tags);
            RecordTokens(usage.Completion, "output", tags);
        }
    }

    public void Dispose()
    {
        _activities.Dispose();
        _meter.Dispose();
    }

    private static TagList Tags(UsageRecord record) => new()
    {
        { "gen_ai.operation.name", OperationName(record.Endpoint) },
        { "gen_ai.provider.name", record.Provider },
        { "gen_ai.request.model", record.RequestedModel },
        { "gen_ai.response.model", record.Model },
        { "error.type", record.Error?.Kind.ToString() },
    };

    private static string OperationName(string endpoint) => endpoint switch
    {
        "Embeddings" => "embeddings",
        "Completions" => "text_completion",
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
        activity.SetTag("lightport.answer.dropped", record.AnswerDropped is { Count: > 0 } unsaid ? unsaid : null);
        if (record.Error is { } error)
        {
            activity.SetStatus(ActivityStatusCode.Error, error.Kind.ToString());
        }
    }

    private void RecordTokens(long count, string type, TagList tags)
    {
        tags.Add("gen_ai.token.type", type);
        _tokens.Record(count, tags);
    }
}
