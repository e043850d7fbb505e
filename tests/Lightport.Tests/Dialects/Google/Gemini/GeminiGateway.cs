using System.Text.Json.Nodes;
using Lightport.Providers;
using Lightport.Tests.Exchanges;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Dialects.Google.Gemini;

/// <summary>The whole gateway before a provider of Gemini.</summary>
internal sealed class GeminiGateway : IDisposable
{
    public const string Answer = """
        {"candidates":[{"content":{"parts":[{"text":"hello"}],"role":"model"},"finishReason":"STOP","index":0}],
         "usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":2,"totalTokenCount":7},
         "modelVersion":"gemini-3-flash","responseId":"r1"}
        """;

    private readonly TestGateway _gateway = new(
        """
        models:
          g3: [native/gemini-3-flash-preview]
          g31: [native/gemini-3.1-pro-preview]
          g25: [native/gemini-2.5-flash]
          g25pro: [native/gemini-2.5-pro]
          g20: [native/gemini-2.0-flash]
          lenient: { unsupported: drop, targets: [native/gemini-3-flash-preview] }
          merged: [{ to: native/gemini-3-flash-preview, traits: { system-turns: merged } }]
        """,
        providers: "  native: {}\n",
        configure: services => services.AddSingleton(new ProviderFile("native.json", Provider.ToArray())));

    /// <summary>Google's native endpoint alone, so that every client's request is translated to it.</summary>
    public static ReadOnlySpan<byte> Provider => """
        {
          "id": "native", "name": "Native", "source": "https://ai.google.dev/api/generate-content",
          "base-url": "https://generativelanguage.googleapis.com/v1beta",
          "auth": { "scheme": "header", "name": "x-goog-api-key", "key": "GEMINI_API_KEY" },
          "endpoints": {
            "google-gemini": {
              "path": "/models/{model}:generateContent",
              "stream-path": "/models/{model}:streamGenerateContent?alt=sse"
            }
          }
        }
        """u8;

    public TestGateway Gateway => _gateway;

    /// <summary>Asks in chat, and answers with a text.</summary>
    /// <returns>What left for the provider, and what the client was told was lost.</returns>
    public Task<(JsonObject Sent, string[] Lost)> ChatAsync(string model, string fields) =>
        AskAsync(GatewayEndpoints.ChatCompletions, $$"""{"model":"{{model}}",{{fields}}}""");

    public Task<(JsonObject Sent, string[] Lost)> MessagesAsync(string model, string fields) =>
        AskAsync(GatewayEndpoints.Messages, $$"""{"model":"{{model}}","max_tokens":99,{{fields}}}""");

    /// <summary>The call with its answer; a stream where that is what the provider's answer is.</summary>
    public async Task<ClientCall> AnswerAsync(GatewayEndpoint endpoint, ScriptedResponse answer, bool stream)
    {
        _gateway.Upstream.Forget();
        _gateway.Upstream.Answer(answer);
        string usage = endpoint == GatewayEndpoints.Messages ? "" : ",\"stream_options\":{\"include_usage\":true}";
        return await _gateway.SendAsync(
            endpoint,
            $$"""
            {"model":"g3","max_tokens":99,"messages":[{"role":"user","content":"hi"}],
             "stream":{{(stream ? "true" : "false")}}{{(stream ? usage : "")}}}
            """);
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<(JsonObject Sent, string[] Lost)> AskAsync(GatewayEndpoint endpoint, string body)
    {
        _gateway.Upstream.Forget();
        _gateway.Upstream.Answer(ScriptedResponse.Json(Answer));
        using ClientCall call = await _gateway.SendAsync(endpoint, body);
        Assert.True(call.Status == 200, call.Text);
        return (_gateway.Upstream.Last.Json, call.Header("x-lightport-dropped")?.Split(',') ?? []);
    }
}
