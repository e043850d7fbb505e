using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lightport.Audit;
using Lightport.Conversation;
using Lightport.Enrichment.Rounds;
using Lightport.Enrichment.Tools;
using Lightport.Mcp;
using Lightport.Telemetry;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Routing;
using Microsoft.Extensions.Logging.Abstractions;
using Said = Lightport.Tests.Enrichment.Rounds.ToolWire.Said;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>What is told of each run to whoever runs the gateway: never what it was called with or what it said.</summary>
public sealed class RunRecordTests
{
    private const string Arguments = """{"q":"canary"}""";

    /// <summary>No other test's tool has that name, for all listen to one process.</summary>
    private const string Name = "search_of_records";

    [Theory]
    [InlineData(null)]
    [InlineData("broken")]
    public async Task Run_IsASpanAndAMeasurement(string? failure)
    {
        var spans = new List<Activity>();
        var measured = new List<(string Name, Dictionary<string, object?> Tags)>();
        using var spanListener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == GatewayTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => Keep(spans, span, span.GetTagItem("gen_ai.tool.name")),
        };
        ActivitySource.AddActivityListener(spanListener);
        using var meterListener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == GatewayTelemetry.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meterListener.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
        {
            var named = new Dictionary<string, object?>(tags.ToArray());
            Keep(measured, (instrument.Name, named), named.GetValueOrDefault("gen_ai.tool.name"));
        });
        meterListener.Start();
        using var tools = new ToolGateway();
        tools.Servers.Tools["docs"] = [FakeMcpServers.Tool(Name)];
        tools.Servers.Answer = (_, _, _) => Task.FromResult(
            failure is null ? FakeMcpServers.Text("canary") : McpOutcome.Failed(failure, "It broke off."));
        tools.Says("chat", false, new Said("", ("call_1", Name, Arguments)), new Said("It is so."));

        await tools.ChatAsync("chat", false, ToolGateway.User("Is it so?"));

        Activity span = Assert.Single(spans);
        Assert.Equal(($"tools/call {Name}", ActivityKind.Client), (span.OperationName, span.Kind));
        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["mcp.method.name"] = "tools/call",
                ["gen_ai.operation.name"] = "execute_tool",
                ["gen_ai.tool.name"] = Name,
                ["lightport.mcp.server"] = "docs",
                ["error.type"] = failure,
            },
            new Dictionary<string, object?>(
                span.TagObjects.Append(new("error.type", failure)).DistinctBy(tag => tag.Key)));
        Assert.Equal(failure is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error, span.Status);
        (string instrument, Dictionary<string, object?> tags) = Assert.Single(measured);
        Assert.Equal(
            ("mcp.client.operation.duration", failure), (instrument, (string?)tags.GetValueOrDefault("error.type")));
        Assert.DoesNotContain(tools.Gateway.Log.Lines, line => line.Text.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_IsARecordOfTheAudit_WithAHashOfItsArguments()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lightport-");
        try
        {
            var settings = new AuditSettings(AuditPlace.File, folder.FullName, IsClosed: false, HasContent: false);
            var clock = new ManualTimeProvider();
            using var audit = new AuditStream(
                () => settings,
                new AuditSinks(ownsFiles: true, () => null),
                "0.1.0",
                clock,
                NullLogger<AuditStream>.Instance);
            using var telemetry = new GatewayTelemetry(new ModelLabels(_ => false), propagates: false);
            await audit.StartAsync(CancellationToken.None);
            var reporter = new ToolReporter(telemetry, audit, clock, NullLogger<ToolReporter>.Instance);
            var tool = new OfferedTool(new McpServer("docs"), FakeMcpServers.Tool("search"), "docs__search");

            using (ToolReport report = reporter.Begin(
                tool, new ToolCallPart("call_1", "docs__search", Arguments), new McpCaller("anna", "req_1")))
            {
                report.End(FakeMcpServers.Text("canary"));
            }

            using (reporter.Begin(
                tool, new ToolCallPart("call_2", "docs__search", Arguments), new McpCaller("anna", "req_1")))
            {
                // Its client has gone.
            }

            await audit.StoppedAsync(CancellationToken.None);
            string[] lines = File.ReadAllLines(FileAuditSink.Files(folder.FullName).Single());
            JsonNode[] runs =
                [.. lines.Select(line => JsonNode.Parse(line)!).Where(line => (string?)line["tool"] == "search")];
            Assert.Equal(["ok", "canceled"], runs.Select(run => (string?)run["outcome"]));
            Assert.All(runs, run => Assert.Equal(
                ("req_1", "docs", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Arguments)))),
                ((string?)run["id"], (string?)run["server"], (string?)run["arguments_sha256"])));
            Assert.DoesNotContain("canary", string.Concat(lines), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Keep<T>(List<T> list, T item, object? tool)
    {
        if (tool is Name)
        {
            lock (list)
            {
                list.Add(item);
            }
        }
    }
}
