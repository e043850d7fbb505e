using System.Text.Json.Nodes;
using Lightport.Management;

namespace Lightport.Tests.Management;

/// <summary>Whoever explains a request is told where a hard budget refuses it, whatever is left.</summary>
public sealed class ExplainBudgetTests : IDisposable
{
    private readonly ManagedGateway _gateway = new(document: """
        providers: { openai: { key: OPENAI_API_KEY }, house: { use: openai-compatible, base-url: "https://house.example/v1", auth: none } }
        models: { fast: [openai/gpt-4o, house/llama] }
        limits:
          - { name: hard, per: all, budget: { usd: 5, per: day } }
          - { name: soft, per: all, budget: { usd: 5, per: day }, then: alert }
          - { name: rate, per: all, requests-per-minute: 9 }
        """);

    [Fact]
    public async Task TargetWithoutAPrice_IsToldWithTheReason()
    {
        JsonObject told = await ExplainAsync("");

        Assert.Equal(
            [("hard", "house/llama: what house/llama costs is not known; say it under 'prices' of its provider"), ("soft", ""), ("rate", "")],
            told["limits"]!.AsArray().Select(Facts));
    }

    [Fact]
    public async Task RequestThatNothingBounds_IsToldAtEachTarget()
    {
        JsonObject told = await ExplainAsync(""","n":"1e9" """);

        Assert.Contains(
            "openai/gpt-4o: 'n' is no plain whole number; write it in digits alone",
            told["limits"]![0]!["unbounded"]!.AsArray().Select(each => (string)each!));
    }

    public void Dispose() => _gateway.Dispose();

    private static (string, string) Facts(JsonNode? limit) =>
        ((string)limit!["limit"]!, string.Join('|', limit["unbounded"]?.AsArray().Select(each => (string)each!) ?? []));

    private async Task<JsonObject> ExplainAsync(string more) => (await _gateway.SendAsync(
        ManagementEndpoints.Explain, $$"""{"model":"fast","messages":[{"role":"user","content":"hi"}]{{more}}}""")).Json;
}
