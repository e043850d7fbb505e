using System.Text.Json.Nodes;
using Lightport.Providers;
using Lightport.Tests.Dialects.Aws;
using Lightport.Tests.Dialects.Google.Gemini;
using Lightport.Tests.Exchanges;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Dialects;

/// <summary>One gateway with a model for each chat dialect that providers speak, to see what each is told.</summary>
internal sealed class SaidEverywhere : IDisposable
{
    private readonly TestGateway _gateway;

    public SaidEverywhere()
    {
        _gateway = new TestGateway(
            """
            models:
              chat: [loose/x]
              openai: [openai/gpt-4o]
              responses: [{ to: openai/gpt-4o, traits: { endpoint: openai-responses, endpoint-always: on } }]
              messages: [anthropic/claude-sonnet-4-5]
              converse: ["bedrock-only/eu.anthropic.claude-sonnet-4-5-20250929-v1:0"]
              gemini: [native/gemini-3-flash-preview]
            """,
            providers: """
                  native: {}
                  bedrock-only:
                    use: bedrock
                    region: eu-central-1
                    endpoints:
                      anthropic-bedrock: { models: ["none"] }
                      openai-chat: { models: ["none"] }

                """,
            configure: services => services.AddSingleton(
                new ProviderFile("native.json", GeminiGateway.Provider.ToArray())));
        _gateway.Secrets.Values["AWS_BEARER_TOKEN_BEDROCK"] = BedrockGateway.Key;
    }

    /// <summary>Asks by a client's dialect; the provider says nothing of use.</summary>
    /// <returns>What the provider heard (null where nothing), the status, and what was told to be lost.</returns>
    public async Task<(JsonObject? Sent, int Status, string Lost)> AskAsync(
        GatewayEndpoint door, string model, string fields)
    {
        using ClientCall call = await CallAsync(door, model, fields);
        return (
            Heard,
            call.Status,
            Heard is not null ? call.Header("x-lightport-dropped") ?? "" : call.Error("param") ?? call.Text);
    }

    /// <returns>The same, with all that the client was told.</returns>
    public async Task<(JsonObject? Sent, int Status, string Told)> AskWholeAsync(
        GatewayEndpoint door, string model, string fields)
    {
        using ClientCall call = await CallAsync(door, model, fields);
        return (Heard, call.Status, call.Text);
    }

    private JsonObject? Heard => _gateway.Upstream.Seen.Count > 0 ? _gateway.Upstream.Last.Json : null;

    private Task<ClientCall> CallAsync(GatewayEndpoint door, string model, string fields)
    {
        _gateway.Upstream.Forget();
        _gateway.Upstream.Answer(ScriptedResponse.Json("{}"));
        return door == GatewayEndpoints.GenerateContentBeta
            ? _gateway.GenerateAsync($$"""{{{fields}}}""", model)
            : _gateway.SendAsync(door, $$"""{"model":"{{model}}",{{fields}}}""");
    }

    public void Dispose() => _gateway.Dispose();
}
