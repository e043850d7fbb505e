using System.Net;
using System.Net.Http.Headers;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Reliability;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.Telemetry;

/// <summary>What leaves the real Server for a receiver of OpenTelemetry's, and what does not.</summary>
public sealed class ExportTests : IAsyncLifetime
{
    private const string ClientsTrace = "4bf92f3577b34da6a3ce929d0e0e4736";

    private readonly FakeUpstream _upstream = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("lightport-").FullName;
    private FakeReceiver _receiver = null!;

    public async Task InitializeAsync()
    {
        await _upstream.StartAsync("http://127.0.0.1:0");
        _receiver = await FakeReceiver.StartAsync();
    }

    [Fact]
    public async Task Request_IsTracedAndMeasuredWithNothingOfItsContent()
    {
        await using GatewayProcess gateway = await StartAsync(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _receiver.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment.name=test",
        }, "audit: { to: otlp, on-failure: closed }");
        await AskAsync(gateway);
        await StopAsync(gateway);

        string traces = _receiver["/v1/traces"];
        string metrics = _receiver["/v1/metrics"];
        string logs = _receiver["/v1/logs"];
        Assert.All(
            ["ChatCompletions", "gen_ai.provider.name", "oai", "gen_ai.usage.output_tokens"],
            word => Assert.Contains(word, traces, StringComparison.Ordinal));
        Assert.All(
            ["gen_ai.server.request.duration", "gen_ai.server.time_to_first_token", "gen_ai.client.token.usage"],
            word => Assert.Contains(word, metrics, StringComparison.Ordinal));
        Assert.All(
            ["ChatCompletions key=", "Lightport.Audit", "\"kind\":\"start\"", "\"kind\":\"request\"", "\"kind\":\"end\""],
            word => Assert.Contains(word, logs, StringComparison.Ordinal));
        Assert.All([traces, metrics, logs], sent =>
        {
            Assert.Contains("lightport", sent, StringComparison.Ordinal);
            Assert.Contains("deployment.environment.name", sent, StringComparison.Ordinal);
            Assert.All(Canary.All, secret => Assert.DoesNotContain(secret, sent, StringComparison.Ordinal));
        });
    }

    /// <summary>The web server's own activity, which nobody exports, is not taken for the request's parent.</summary>
    [Fact]
    public async Task Request_OfAClientThatIsTraced_GoesOnWithItsTrace()
    {
        await using GatewayProcess gateway = await StartAsync(new()
        {
            ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = $"{_receiver.Address}/v1/traces",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        });
        await AskAsync(gateway, $"00-{ClientsTrace}-00f067aa0ba902b7-01");
        await StopAsync(gateway);

        Assert.Contains(Bytes(ClientsTrace), _receiver["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains(Bytes("00f067aa0ba902b7"), _receiver["/v1/traces"], StringComparison.Ordinal);
        Assert.Empty(_receiver["/v1/metrics"]);
    }

    [Fact]
    public async Task NoReceiver_TheGatewayServesAndStopsAllTheSame()
    {
        await using GatewayProcess gateway = await StartAsync(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        });
        await AskAsync(gateway);
        await StopAsync(gateway);
    }

    [Fact]
    public async Task Setting_NoAddress_IsRefusedByName()
    {
        InvalidOperationException failed = await Assert.ThrowsAsync<InvalidOperationException>(
            () => StartAsync(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector:4318" }));

        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT is no http", failed.Message, StringComparison.Ordinal);
    }

    public async Task DisposeAsync()
    {
        await _receiver.DisposeAsync();
        await _upstream.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<GatewayProcess> StartAsync(Dictionary<string, string> environment, string more = "")
    {
        string config = Path.Combine(_folder, "lightport.yaml");
        await File.WriteAllTextAsync(config, $$"""
            providers:
              oai: { use: openai-compatible, base-url: "{{_upstream.Address}}/v1", key: FAKE_OPENAI_KEY }
            {{more}}
            """);
        environment["LIGHTPORT_KEY"] = Canary.ClientKey;
        return await GatewayProcess.StartServerAsync(config, environment, $"gateway-{Path.GetFileName(_folder)}.log");
    }

    private static async Task AskAsync(GatewayProcess gateway, string? traceParent = null)
    {
        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null })
        {
            BaseAddress = gateway.Address,
        };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Canary.ClientKey);
        if (traceParent is not null)
        {
            client.DefaultRequestHeaders.Add("traceparent", traceParent);
        }

        using HttpResponseMessage response = await client.AskAsync(Requests.ChatPath, "oai/text");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task StopAsync(GatewayProcess gateway)
    {
        gateway.Terminate();
        Assert.Equal(0, await gateway.ExitAsync(TimeSpan.FromSeconds(60)));
    }

    private static string Bytes(string hex) => string.Concat(Convert.FromHexString(hex).Select(value => (char)value));
}
