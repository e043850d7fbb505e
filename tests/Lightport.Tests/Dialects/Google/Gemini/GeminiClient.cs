using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects.Google.Gemini;

/// <summary>Asks as Gemini's clients do, and reads what they read.</summary>
internal static class GeminiClient
{
    public const string Hello = """{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""";

    public static Task<ClientCall> GenerateAsync(this TestGateway gateway, string body = Hello, string model = "m") =>
        gateway.SendAsync(
            GatewayEndpoints.GenerateContentBeta, body, path: $"/v1beta/models/{model}:generateContent");

    public static Task<ClientCall> StreamAsync(
        this TestGateway gateway, string body = Hello, string model = "m", string query = "?alt=sse") =>
        gateway.SendAsync(
            GatewayEndpoints.StreamGenerateContentBeta,
            body,
            path: $"/v1beta/models/{model}:streamGenerateContent{query}");

    /// <summary>The chunks of a stream of events.</summary>
    public static JsonObject[] Chunks(string text) =>
    [
        .. text.Split("\r\n\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(chunk => JsonNode.Parse(chunk["data: ".Length..])!.AsObject()),
    ];

    /// <summary>All parts of a candidate, of however many chunks.</summary>
    public static string[] Parts(IEnumerable<JsonObject> chunks, int candidate = 0) =>
    [
        .. chunks.SelectMany(chunk => chunk["candidates"]!.AsArray())
            .Where(one => (int)one!["index"]! == candidate)
            .SelectMany(one => one!["content"]!["parts"]!.AsArray())
            .Select(part => part!.ToJsonString()),
    ];
}
