using System.Diagnostics;
using System.Diagnostics.Metrics;
using Lightport.Telemetry;
using Lightport.Tests.Exchanges;
using Lightport.Transport;

namespace Lightport.Tests.Telemetry;

/// <summary>What traces and metrics tell of a request: the semantic conventions' names, and nothing of its content.</summary>
public sealed class GatewayTelemetryTests : IDisposable
{
    private readonly List<Activity> _spans = [];
    private readonly List<Activity> _attempts = [];
    private readonly List<(string Name, double Value, Dictionary<string, object?> Tags)> _measured = [];
    private readonly ActivityListener _spanListener;
    private readonly MeterListener _meterListener;

    public GatewayTelemetryTests()
    {
        // Tests run side by side in one process, so only this gateway's own model name is listened for.
        _spanListener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == GatewayTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Stopped,
        };
        ActivitySource.AddActivityListener(_spanListener);
        _meterListener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == GatewayTelemetry.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _meterListener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _meterListener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _meterListener.Start();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_IsTracedAndMeasured(bool stream)
    {
        using var gateway = new TestGateway("models: { gpt-telemetry: [openai/first-telemetry] }");
        gateway.Upstream.Answer(
            stream ? ScriptedResponse.Events(Wires.ChatEvents) : ScriptedResponse.Json(Wires.ChatAnswer));
        await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Wires.For("gpt-telemetry", stream ? Wires.ChatStream : Wires.Chat));

        Activity span = Assert.Single(_spans);
        Assert.Equal(ActivityKind.Server, span.Kind);
        Assert.Equal("chat", span.GetTagItem("gen_ai.operation.name"));
        Assert.Equal(200, span.GetTagItem("http.response.status_code"));

        // Whoever adds up tokens over spans finds each once.
        Assert.Null(span.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.Null(span.GetTagItem("lightport.cost.usd"));
        Assert.Equal(1, _measured.Count(m => m.Name == "gen_ai.server.request.duration"));
        Assert.Equal(1, _measured.Count(m => m.Name == "gen_ai.server.time_to_first_token"));
        Assert.Equal(
            stream ? 1 : 0, _measured.Count(m => m.Name == "gen_ai.client.operation.time_to_first_chunk"));
        Activity attempt = Assert.Single(_attempts);
        Assert.Equal(9L, attempt.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.Equal(3L, attempt.GetTagItem("gen_ai.usage.output_tokens"));
        Assert.Equal("openai", attempt.GetTagItem("gen_ai.provider.name"));
        Assert.Null(attempt.GetTagItem("lightport.provider"));
        Assert.Null(attempt.GetTagItem("lightport.attempt"));
        Assert.Equal(["stop"], Assert.IsType<string[]>(attempt.GetTagItem("gen_ai.response.finish_reasons")));
        Assert.Equal("api.openai.com", attempt.GetTagItem("server.address"));
        Assert.Equal(stream ? true : null, attempt.GetTagItem("gen_ai.request.stream"));
        Assert.Equal(
            [("input", 9d), ("output", 3d)],
            _measured.Where(m => m.Name == "gen_ai.client.token.usage")
                .Select(m => ((string)m.Tags["gen_ai.token.type"]!, m.Value)));
    }

    [Fact]
    public async Task Failure_IsTracedAsOne()
    {
        using var gateway = new TestGateway("models: { gpt-telemetry: [openai/x] }");
        gateway.Upstream.Answer(ScriptedResponse.Json("""{"error":{"message":"no"}}""", 400));
        await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("gpt-telemetry", Wires.Chat));

        Activity span = Assert.Single(_spans);
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("InvalidRequest", span.GetTagItem("error.type"));
        Assert.DoesNotContain(_measured, m => m.Name == "gen_ai.client.token.usage");
    }

    [Fact]
    public async Task FailedAttempt_IsTracedBelowItsRequestAndMeasured()
    {
        using var gateway = new TestGateway("models: { gpt-telemetry: [openai/first-telemetry, groq/second-telemetry] }");
        gateway.Upstream.Fail(UpstreamFailure.Broken).Answer(ScriptedResponse.Events(Wires.ChatEvents));
        await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("gpt-telemetry", Wires.ChatStream));

        Activity request = Assert.Single(_spans);
        Assert.Equal(ActivityStatusCode.Unset, request.Status);
        Assert.Equal(
            [("chat first-telemetry", "openai", ActivityStatusCode.Error, null), ("chat second-telemetry", "groq", ActivityStatusCode.Unset, 2)],
            _attempts.Select(span => (span.OperationName, (string?)span.GetTagItem("gen_ai.provider.name"), span.Status,
                (int?)span.GetTagItem("lightport.attempt"))));
        Assert.All(_attempts, span => Assert.Equal((request.SpanId, ActivityKind.Client), (span.ParentSpanId, span.Kind)));
        Assert.Equal(
            [("openai", "Upstream"), ("groq", null)],
            _measured.Where(m => m.Name == "gen_ai.client.operation.duration")
                .Select(m => ((string?)m.Tags["gen_ai.provider.name"], (string?)m.Tags.GetValueOrDefault("error.type"))));
        Assert.Equal(
            ["openai", "groq"],
            _measured.Where(m => m.Name == "gen_ai.client.token.usage")
                .Select(m => (string?)m.Tags["gen_ai.provider.name"]).Distinct().OrderDescending());
    }

    [Fact]
    public async Task CanceledRequest_IsNoError()
    {
        using var gateway = new TestGateway("models: { gpt-telemetry: [openai/first-telemetry] }");
        gateway.Upstream.Hang();
        ClientCall call = gateway.Start(GatewayEndpoints.ChatCompletions, Wires.For("gpt-telemetry", Wires.ChatStream));
        await gateway.Upstream.CallAsync();
        call.Abort();
        await call.Done;

        Assert.Equal(ActivityStatusCode.Unset, Assert.Single(_spans).Status);
        Assert.Equal(ActivityStatusCode.Unset, Assert.Single(_attempts).Status);
        Assert.All(_measured, m => Assert.Null(m.Tags.GetValueOrDefault("error.type")));
    }

    [Fact]
    public async Task Trace_OfTheClient_GoesOnToTheProvider_AndItsBaggageDoesNot()
    {
        using var gateway = new TestGateway("models: { gpt-telemetry: [openai/first-telemetry] }");
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            Wires.For("gpt-telemetry", Wires.Chat),
            new Dictionary<string, string>
            {
                ["traceparent"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                ["tracestate"] = "vendor=1",
                ["baggage"] = "canary=1",
            });

        Activity request = Assert.Single(_spans);
        Activity attempt = Assert.Single(_attempts);
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", $"{request.TraceId}");
        Assert.Equal("00f067aa0ba902b7", $"{request.ParentSpanId}");
        SeenRequest seen = gateway.Upstream.Last;
        Assert.Equal(attempt.Id, seen.Header("traceparent"));
        Assert.Equal("vendor=1", seen.Header("tracestate"));
        Assert.Null(seen.Header("baggage"));
    }

    [Fact]
    public async Task Trace_WherePropagatorsAreNone_NeitherComesInNorGoesOn()
    {
        using var gateway = new TestGateway(
            "models: { gpt-telemetry: [openai/first-telemetry] }", settings: new() { ["OTEL_PROPAGATORS"] = "none" });
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            Wires.For("gpt-telemetry", Wires.Chat),
            new Dictionary<string, string>
            {
                ["traceparent"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            });

        Assert.NotEqual("4bf92f3577b34da6a3ce929d0e0e4736", $"{Assert.Single(_spans).TraceId}");
        Assert.Null(gateway.Upstream.Last.Header("traceparent"));
    }

    [Fact]
    public async Task Hedge_IsLinkedToTheCallThatItStandsBeside()
    {
        using var gateway = new TestGateway("""
            models:
              gpt-telemetry: { targets: [openai/first-telemetry, groq/second-telemetry], hedge: { after: 2s } }
            """);
        gateway.Upstream.Hang().Answer(ScriptedResponse.Events(Wires.ChatEvents));
        ClientCall call = gateway.Start(
            GatewayEndpoints.ChatCompletions, Wires.For("gpt-telemetry", Wires.ChatStream));
        await gateway.Upstream.CallAsync();
        gateway.Clock.Advance(TimeSpan.FromSeconds(2));
        await call.Done;

        Activity slow = Assert.Single(_attempts, span => span.OperationName == "chat first-telemetry");
        Activity hedge = Assert.Single(_attempts, span => span.OperationName == "chat second-telemetry");
        Assert.Equal(slow.SpanId, Assert.Single(hedge.Links).Context.SpanId);
        Assert.Equal(true, hedge.GetTagItem("lightport.hedge"));
        Assert.Equal(Assert.Single(_spans).SpanId, hedge.ParentSpanId);
    }

    [Fact]
    public async Task Provider_IsCalledByTheConventionsWordAndByItsOwnName()
    {
        using var gateway = new TestGateway("models: { gpt-telemetry: [mistral-ai/first-telemetry] }");
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("gpt-telemetry", Wires.Chat));

        Activity attempt = Assert.Single(_attempts);
        Assert.Equal("mistral_ai", attempt.GetTagItem("gen_ai.provider.name"));
        Assert.Equal("mistral-ai", attempt.GetTagItem("lightport.provider"));
    }

    public void Dispose()
    {
        _spanListener.Dispose();
        _meterListener.Dispose();
    }

    private void Stopped(Activity span)
    {
        string? model = (string?)span.GetTagItem("gen_ai.request.model");
        Keep(_spans, span, model == "gpt-telemetry");
        Keep(_attempts, span, model is "first-telemetry" or "second-telemetry");
    }

    private static void Keep<T>(List<T> list, T item, bool ours)
    {
        if (ours)
        {
            lock (list)
            {
                list.Add(item);
            }
        }
    }

    private void Measure(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Dictionary<string, object?> named = new(tags.ToArray());
        bool ours = named.GetValueOrDefault("gen_ai.request.model") is "gpt-telemetry" or "first-telemetry" or "second-telemetry";
        Keep(_measured, (instrument.Name, value, named), ours);
    }
}
