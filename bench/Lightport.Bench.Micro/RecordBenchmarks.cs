using BenchmarkDotNet.Attributes;
using Lightport.Audit;
using Lightport.Conversation;
using Lightport.Prices;
using Lightport.Telemetry;
using Lightport.Usage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Lightport.Bench.Micro;

/// <summary>
/// What a request with one call pays for being measured, traced and written down: the first is what it pays where nobody
/// asks for any of it.
/// </summary>
[MemoryDiagnoser]
public class RecordBenchmarks : IDisposable
{
    private static readonly TokenUsage Tokens = new() { Input = 900, CacheRead = 100, Output = 300, Reasoning = 50 };

    private readonly UsageRecord _record = new()
    {
        RequestId = "req_1",
        Endpoint = "ChatCompletions",
        Key = "team-a",
        RequestedModel = "fast",
        Route = "fast",
        Provider = "openai",
        ProviderId = "openai",
        Model = "gpt-4o-mini",
        Status = 200,
        Stream = true,
        Attempts = 1,
        Usage = Tokens,
        Cost = new Cost(0.001m, null, "v"),
        EndedAt = DateTimeOffset.UnixEpoch,
        Duration = TimeSpan.FromSeconds(2),
        FirstByte = TimeSpan.FromSeconds(0.4),
    };

    private readonly AttemptReport _report = new()
    {
        RequestId = "req_1",
        Endpoint = "ChatCompletions",
        Number = 1,
        Provider = "openai",
        ProviderId = "openai",
        Model = "gpt-4o-mini",
        Stream = true,
        Usage = Tokens,
        Cost = new Cost(0.001m, null, "v"),
        FirstChunk = TimeSpan.FromSeconds(0.4),
        Duration = TimeSpan.FromSeconds(2),
    };

    private readonly HeaderDictionary _headers = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("lightport-").FullName;
    private readonly GatewayTelemetry _telemetry = new(new ModelLabels(_ => true), propagates: true);
    private AuditSettings _settings = AuditSettings.Off;
    private AuditStream _audit = null!;
    private PrometheusExport? _scraped;
    private TracerProvider? _traced;

    /// <summary>Nothing; metrics; metrics and every trace; all of it and the audit in a file.</summary>
    [Params("off", "metrics", "traces", "audit")]
    public string On { get; set; } = "off";

    [GlobalSetup]
    public void Begin()
    {
        _audit = new AuditStream(
            () => _settings,
            new AuditSinks(ownsFiles: true, () => null),
            "0.1.0",
            TimeProvider.System,
            NullLogger<AuditStream>.Instance);
        if (On != "off")
        {
            _scraped = new PrometheusExport(new ServiceCollection().BuildServiceProvider());
        }

        if (On is "traces" or "audit")
        {
            _traced = Sdk.CreateTracerProviderBuilder().AddSource(GatewayTelemetry.Name).Build();
        }

        if (On == "audit")
        {
            _settings = new AuditSettings(AuditPlace.File, _folder, IsClosed: false, HasContent: false);
            _ = _audit.StartAsync(CancellationToken.None);
        }
    }

    [Benchmark]
    public void Request()
    {
        using System.Diagnostics.Activity? span = _telemetry.Start("ChatCompletions", _headers);
        System.Diagnostics.Activity? call = _telemetry.StartAttempt("ChatCompletions", "openai", "gpt-4o-mini", null);
        if (call is not null || _telemetry.MeasuresAttempts)
        {
            _telemetry.Record(_report, call);
        }

        _telemetry.Record(_record, span);
        _audit.Take(_record, default);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _audit.Dispose();
        _scraped?.Dispose();
        _traced?.Dispose();
        _telemetry.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
