using System.Diagnostics;
using System.Diagnostics.Metrics;
using Lightport.Tests.Journey;
using Lightport.Usage;

namespace Lightport.Tests.Usage;

/// <summary>What traces and metrics tell of a request: the semantic conventions' names, and nothing of its content.</summary>
public sealed class GatewayTelemetryTests : IDisposable
{
    private readonly List<Activity> _spans = [];
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
            ActivityStopped = span => Keep(_spans, span, Equals(span.GetTagItem("gen_ai.request.model"), "gpt-telemetry")),
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
        using var gateway = new TestGateway("models: { gpt-telemetry: [openai/x] }");
        gateway.Upstream.Answer(
            stream ? ScriptedResponse.Events(Wires.ChatEvents) : ScriptedResponse.Json(Wires.ChatAnswer));
        await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Wires.For("gpt-telemetry", stream ? Wires.ChatStream : Wires.Chat));

        Activity span = Assert.Single(_spans);
        Assert.Equal(ActivityKind.Server, span.Kind);
        Assert.Equal("chat", span.GetTagItem("gen_ai.operation.name"));
        Assert.Equal("openai", span.GetTagItem("gen_ai.provider.name"));
        Assert.Equal(9L, span.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.Equal(3L, span.GetTagItem("gen_ai.usage.output_tokens"));
        Assert.Equal(200, span.GetTagItem("http.response.status_code"));

        Assert.Equal(1, _measured.Count(m => m.Name == "gen_ai.server.request.duration"));
        Assert.Equal(1, _measured.Count(m => m.Name == "gen_ai.server.time_to_first_token"));
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

    public void Dispose()
    {
        _spanListener.Dispose();
        _meterListener.Dispose();
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
        bool ours = Equals(named.GetValueOrDefault("gen_ai.request.model"), "gpt-telemetry");
        Keep(_measured, (instrument.Name, value, named), ours);
    }
}
