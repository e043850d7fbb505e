using Lightport.Admission;

namespace Lightport.Tests.Exchanges.Rules;

/// <summary>A gateway with rules, one model on each wire, and two client keys.</summary>
internal sealed class RuleGateway : IDisposable
{
    public const string PlainKey = "plain-key-0123456789";
    public const string TieredKey = "tiered-key-0123456789";

    public RuleGateway(string rules, string admission = "") => Gateway = new TestGateway($$"""
        models:
          gpt: openai/gpt
          fast: loose/fast
          claude: anthropic/claude
        keys:
          - { name: plain, sha256: "{{KeyHash.Of(PlainKey)}}", models: [gpt, claude] }
          - { name: tiered, sha256: "{{KeyHash.Of(TieredKey)}}", tags: { tier: "1" } }
        {{admission}}
        rules:
        {{rules}}
        """);

    public TestGateway Gateway { get; }

    /// <summary>One call on the wire of its door; whoever is asked answers.</summary>
    public async Task<ClientCall> SendAsync(
        string body = Wires.Chat,
        GatewayEndpoint? endpoint = null,
        string key = PlainKey,
        params (string Name, string Value)[] headers)
    {
        Gateway.Upstream.Forget();
        Gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        var all = headers.ToDictionary(header => header.Name, header => header.Value);
        all["Authorization"] = $"Bearer {key}";
        return await Gateway.SendAsync(
            endpoint ?? GatewayEndpoints.ChatCompletions, Wires.For("gpt", body), all);
    }

    /// <summary>Where the last call went; null where nothing was sent.</summary>
    public string? Asked => Gateway.Upstream.Seen.Count == 0 ? null : Gateway.Upstream.Last.Address.Host;

    public void Dispose() => Gateway.Dispose();
}
