using System.Diagnostics.Metrics;
using Lightport.Conversation;
using Lightport.Prices;
using Lightport.Telemetry;
using Lightport.Usage;

namespace Lightport.Tests.Telemetry;

/// <summary>What an instrument is told, of those that whole requests leave open.</summary>
public sealed class GatewayMeterTests : IDisposable
{
    private readonly Meter _meter = new("Lightport.Tests.OneMeter");
    private readonly MeterListener _listener = new();
    private readonly List<string> _told = [];
    private readonly GatewayMeter _gateway;

    public GatewayMeterTests() => _gateway = new GatewayMeter(_meter, new ModelLabels(_ => true));

    /// <summary>Their price is a server's own: no model is told of it.</summary>
    [Fact]
    public void RunsOfTools_AreACostWithoutAModel()
    {
        Listen("lightport.cost");
        _gateway.Record(new UsageRecord
        {
            RequestId = "req_1",
            Endpoint = "ChatCompletions",
            Key = "team-a",
            Status = 200,
            EndedAt = DateTimeOffset.UnixEpoch,
            Duration = TimeSpan.Zero,
            Runs = new RunCosts(2, 0.5m),
        });

        Assert.Equal(["lightport.cost 0.5 gen_ai.operation.name=execute_tool"], _told);
    }

    /// <summary>Whoever leaves the durations of calls out has their cost and tokens all the same.</summary>
    [Fact]
    public void Call_IsToldToWhoeverListensToAnyOfItsInstruments()
    {
        Listen("lightport.cost");
        _gateway.Record(new AttemptReport
        {
            RequestId = "req_1",
            Endpoint = "ChatCompletions",
            Number = 1,
            Provider = "own",
            ProviderId = "openai",
            Model = "gpt",
            Duration = TimeSpan.Zero,
            Usage = new TokenUsage { Input = 9 },
            Cost = new Cost(0.25m, null, "v"),
        });

        Assert.Equal(
            ["lightport.cost 0.25 gen_ai.operation.name=chat gen_ai.provider.name=openai gen_ai.request.model=gpt"], _told);
    }

    /// <summary>A request that goes nowhere has no provider, and one that went well no error: an empty label is a value.</summary>
    [Fact]
    public void WhatIsNotThere_IsNoLabel()
    {
        Listen("gen_ai.server.request.duration");
        _gateway.Record(new UsageRecord
        {
            RequestId = "req_1",
            Endpoint = "ChatCompletions",
            Key = "team-a",
            RequestedModel = "gpt",
            Status = 200,
            EndedAt = DateTimeOffset.UnixEpoch,
            Duration = TimeSpan.FromSeconds(2),
        });

        Assert.Equal(
            ["gen_ai.server.request.duration 2 gen_ai.operation.name=chat gen_ai.request.model=gpt"], _told);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _gateway.Dispose();
    }

    private void Listen(string name)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == _meter && instrument.Name == name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => _told.Add(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}")));
        _listener.Start();
    }
}
