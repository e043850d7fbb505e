using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects.Google.Interactions;

/// <summary>The whole gateway before Google, whose Interactions are asked wherever a model's name begins with i.</summary>
internal sealed class InteractionsGateway : IDisposable
{
    public const string Answer = """
        {"id":"v1_a","object":"interaction","model":"models/gemini-3-flash","status":"completed","created":"2026-11-01T12:00:00Z",
         "steps":[{"type":"model_output","content":[{"type":"text","text":"hello"}]}],
         "usage":{"total_input_tokens":5,"total_output_tokens":2,"total_tokens":7}}
        """;

    public TestGateway Gateway { get; } = new(
        """
        models:
          native: { targets: [google/gemini-3-flash-preview], retry: { attempts: 1 } }
          always: { targets: [{ to: google/gemini-3-flash-preview, traits: { endpoint-always: on } }], retry: { attempts: 1 } }
          i3: { targets: [{ to: google/gemini-3-flash-preview, traits: { endpoint: google-interactions, endpoint-always: on } }], retry: { attempts: 1 } }
          i20: [{ to: google/gemini-2.0-flash, traits: { endpoint: google-interactions, endpoint-always: on } }]
          lenient: { unsupported: drop, targets: [{ to: google/gemini-3-flash-preview, traits: { endpoint: google-interactions, endpoint-always: on } }] }
        """,
        providers: "  google: {}\n");

    /// <summary>Asks in chat, and answers with a text.</summary>
    /// <returns>What left for the provider, and what the client was told was lost.</returns>
    public async Task<(JsonObject Sent, string[] Lost)> ChatAsync(string model, string fields)
    {
        Gateway.Upstream.Forget();
        Gateway.Upstream.Answer(ScriptedResponse.Json(Answer));
        using ClientCall call =
            await Gateway.SendAsync(GatewayEndpoints.ChatCompletions, $$"""{"model":"{{model}}",{{fields}}}""");
        Assert.True(call.Status == 200, call.Text);
        return (Gateway.Upstream.Last.Json, call.Header("x-lightport-dropped")?.Split(',') ?? []);
    }

    public void Dispose() => Gateway.Dispose();
}
