using System.Diagnostics;
using System.Diagnostics.Metrics;
using Lightport.Conversation;
using Lightport.Usage;

namespace Lightport.Telemetry;

/// <summary>
/// What is measured of requests and of calls to providers. Where nobody listens, an instrument costs one look at a
/// flag.
/// </summary>
internal sealed class GatewayMeter : IDisposable
{
    // The conventions advise these boundaries, up to 82 s and 4 Mi tokens; thinking takes longer than they thought.
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

    private static readonly InstrumentAdvice<double> Paces = new()
    {
        HistogramBucketBoundaries =
            [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 10],
    };

    private static readonly InstrumentAdvice<long> TokenCounts = new()
    {
        HistogramBucketBoundaries =
            [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864],
    };

    // As the conventions advise.
    private static readonly InstrumentAdvice<double> ToolDurations = new()
    {
        HistogramBucketBoundaries = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300],
    };

    private readonly ModelLabels _models;
    private readonly Histogram<double> _request;
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _perToken;
    private readonly Histogram<double> _call;
    private readonly Histogram<double> _firstChunk;
    private readonly Histogram<double> _perChunk;
    private readonly Histogram<double> _tool;
    private readonly Histogram<long> _usage;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _tokens;
    private readonly Counter<double> _cost;
    private readonly Counter<long> _unpriced;
    private readonly Counter<long> _limits;

    public GatewayMeter(Meter meter, ModelLabels models)
    {
        (Meter, _models) = (meter, models);
        _request = Histogram(TelemetryNames.ServerRequestDuration, "Whole requests.", Durations);
        _firstToken = Histogram(TelemetryNames.ServerFirstToken, "Until the answer's first byte.", FirstBytes);
        _perToken = Histogram(TelemetryNames.ServerPerOutputToken, "Per output token after the first.", Paces);
        _call = Histogram(TelemetryNames.ClientOperationDuration, "Calls to providers.", Durations);
        _firstChunk = Histogram(TelemetryNames.ClientFirstChunk, "Until a streamed answer's first piece.", FirstBytes);
        _perChunk = Histogram(TelemetryNames.ClientPerOutputChunk, "From one piece to the next.", Paces);
        _tool = Histogram(
            TelemetryNames.McpClientOperationDuration, "Calls of MCP servers' tools.", ToolDurations);
        _usage = meter.CreateHistogram(
            TelemetryNames.ClientTokenUsage, "{token}", "Tokens of a call, by type.", tags: null, TokenCounts);
        _requests = meter.CreateCounter<long>(TelemetryNames.Requests, "{request}", "Requests, by door and status.");
        _tokens = meter.CreateCounter<long>(
            TelemetryNames.Tokens, "{token}", "Tokens, in classes that do not overlap.");
        _cost = meter.CreateCounter<double>(TelemetryNames.Cost, "{USD}", "US dollars, as far as prices are known.");
        _unpriced = meter.CreateCounter<long>(
            TelemetryNames.Unpriced, "{call}", "Calls that used tokens whose price is unknown.");
        _limits = meter.CreateCounter<long>(
            TelemetryNames.Limits, "{request}", "Requests that met a limit, by what came of it.");
    }

    public Meter Meter { get; }

    /// <summary>Whether anybody listens to the measurements of calls to providers.</summary>
    public bool MeasuresCalls =>
        _call.Enabled || _usage.Enabled || _tokens.Enabled || _cost.Enabled || _unpriced.Enabled;

    /// <summary>Whether anybody listens to how the pieces of an answer come.</summary>
    public bool MeasuresChunks => _perChunk.Enabled;

    /// <summary>Whether a model is told of by its name: not one that a client may have invented.</summary>
    public bool Names(string model) => _models.Of(model, answered: false) != ModelLabels.Other;

    public void Record(UsageRecord record)
    {
        if (_requests.Enabled)
        {
            _requests.Add(1, new(TelemetryNames.Door, record.Endpoint), new(TelemetryNames.StatusCode, record.Status));
        }

        if (record.Runs.Dollars > 0)
        {
            // Runs of tools are no calls of a model: their price is the server's own.
            _cost.Add((double)record.Runs.Dollars, new KeyValuePair<string, object?>(
                TelemetryNames.OperationName, TelemetryNames.ExecuteTool));
        }

        for (int i = 0; _limits.Enabled && i < record.Limits.Count; i++)
        {
            MetLimit met = record.Limits[i];
            _limits.Add(1, new(TelemetryNames.Limit, met.Limit), new(TelemetryNames.LimitOutcome, met.Outcome));
        }

        if (!_request.Enabled && !_firstToken.Enabled && !_perToken.Enabled)
        {
            return;
        }

        TagList tags = Tags(record);
        _request.Record(record.Duration.TotalSeconds, tags);
        if (record is not { Failed: false, FirstByte: { } first })
        {
            return;
        }

        _firstToken.Record(first.TotalSeconds, tags);
        if (record is { Stream: true, Canceled: false, Usage: { Estimated: false, Completion: > 1 } usage })
        {
            _perToken.Record((record.Duration - first).TotalSeconds / (usage.Completion - 1), tags);
        }
    }

    public void Record(AttemptReport report)
    {
        if (!MeasuresCalls)
        {
            return;
        }

        TagList tags = Tags(report.Endpoint, report.ProviderId, Label(report));
        if (report is { Stream: true, FirstChunk: { } first })
        {
            _firstChunk.Record(first.TotalSeconds, tags);
        }

        RecordTokens(report, tags);
        AddError(report.Error, ref tags);
        _call.Record(report.Duration.TotalSeconds, tags);
    }

    public void Record(in ToolRun run)
    {
        if (!_tool.Enabled)
        {
            return;
        }

        var tags = new TagList { { TelemetryNames.McpMethod, run.Method ?? TelemetryNames.McpCallTool } };
        if (run.Tool is { } tool)
        {
            tags.Add(TelemetryNames.ToolName, tool);
        }

        if (run.Failure is { } failure)
        {
            tags.Add(TelemetryNames.ErrorType, failure);
        }

        _tool.Record(run.Duration.TotalSeconds, tags);
    }

    /// <summary>A piece of a streamed answer has come, so long after the one before it.</summary>
    public void RecordChunk(string endpoint, string providerId, string model, TimeSpan wait) =>
        _perChunk.Record(wait.TotalSeconds, Tags(endpoint, providerId, _models.Of(model, answered: true)));

    public void Dispose() => Meter.Dispose();

    private Histogram<double> Histogram(string name, string description, InstrumentAdvice<double> advice) =>
        Meter.CreateHistogram(name, "s", description, tags: null, advice);

    private TagList Tags(UsageRecord record)
    {
        TagList tags = Tags(
            record.Endpoint,
            record.ProviderId,
            _models.Of(record.RequestedModel ?? "", answered: record is { Usage: not null, Failed: false }));
        if (record.Model is { } model)
        {
            tags.Add(TelemetryNames.ResponseModel, _models.Of(model, record is { Usage: not null, Failed: false }));
        }

        AddError(record.Error, ref tags);
        return tags;
    }

    /// <summary>What is not there is no label, for an empty one would be a value.</summary>
    private static TagList Tags(string endpoint, string? providerId, string model)
    {
        var tags = new TagList { { TelemetryNames.OperationName, TelemetryNames.OperationAt(endpoint) } };
        if (TelemetryNames.ProviderOf(providerId) is { } provider)
        {
            tags.Add(TelemetryNames.ProviderName, provider);
        }

        tags.Add(TelemetryNames.RequestModel, model);
        return tags;
    }

    private static void AddError(GatewayError? error, ref TagList tags)
    {
        if (SpanFacts.ErrorType(error) is { } type)
        {
            tags.Add(TelemetryNames.ErrorType, type);
        }
    }

    private string Label(AttemptReport report) => _models.Of(report.Model, answered: report.Error is null);

    private void RecordTokens(AttemptReport report, TagList tags)
    {
        if (report.Usage is not { } usage)
        {
            return;
        }

        if (report.Cost?.Dollars is { } dollars)
        {
            _cost.Add((double)dollars, tags);
        }
        else
        {
            _unpriced.Add(1, tags);
        }

        tags.Add(TelemetryNames.TokenType, TelemetryNames.TokenTypeInput);
        _usage.Record(usage.Prompt, tags);
        tags[^1] = new(TelemetryNames.TokenType, TelemetryNames.TokenTypeOutput);
        _usage.Record(usage.Completion, tags);
        Count(usage.Input, "input", ref tags);
        Count(usage.CacheRead, "cache-read", ref tags);
        Count(usage.CacheWrite + usage.CacheWriteLong, "cache-write", ref tags);
        Count(usage.InputAudio, "input-audio", ref tags);
        Count(usage.Output, "output", ref tags);
        Count(usage.Reasoning, "reasoning", ref tags);
        Count(usage.OutputAudio, "output-audio", ref tags);
    }

    private void Count(long tokens, string tokenClass, ref TagList tags)
    {
        if (tokens > 0)
        {
            tags[^1] = new(TelemetryNames.TokenClass, tokenClass);
            _tokens.Add(tokens, tags);
        }
    }
}
