using System.Text.Json.Nodes;
using Lightport.Tests.Dialects.Google.Gemini;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Enrichment.Rounds;

internal sealed class GeminiToolClient : ToolClient
{
    private const string Tools =
        """[{"functionDeclarations":[{"name":"ring","parameters":{"type":"OBJECT","properties":{}}}]}]""";

    public override bool SeesRuns => false;

    public override JsonObject User(string words) =>
        new() { ["role"] = "user", ["parts"] = new JsonArray(new JsonObject { ["text"] = words }) };

    public override Task<ClientCall> SendAsync(ToolGateway tools, string model, bool streams, JsonArray turns)
    {
        string body = new JsonObject { ["contents"] = turns.DeepClone(), ["tools"] = Parse(Tools) }.ToJsonString();
        return streams ? tools.Gateway.StreamAsync(body, model) : tools.Gateway.GenerateAsync(body, model);
    }

    public override IReadOnlyList<string> Add(JsonArray turns, ClientCall call, bool streams)
    {
        JsonNode[] parts =
        [
            .. (streams ? Events(call) : [call.Json.AsObject()])
                .SelectMany(chunk => chunk["candidates"]?[0]!["content"]?["parts"]?.AsArray() ?? [])
                .Select(part => part!.DeepClone()),
        ];
        turns.Add(new JsonObject { ["role"] = "model", ["parts"] = new JsonArray(parts) });
        JsonObject[] own = [.. parts.Select(part => part["functionCall"]).OfType<JsonObject>()];
        if (own.Length > 0)
        {
            turns.Add(new JsonObject
            {
                ["role"] = "user",
                ["parts"] = new JsonArray([.. own.Select(Result)]),
            });
        }

        return [.. own.Select(made => (string)made["id"]!)];
    }

    private static JsonObject Result(JsonObject call) => new()
    {
        ["functionResponse"] = new JsonObject
        {
            ["id"] = call["id"]!.DeepClone(),
            ["name"] = call["name"]!.DeepClone(),
            ["response"] = new JsonObject { ["output"] = "Rang." },
        },
    };
}
