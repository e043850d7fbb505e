using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Enrichment.Rounds;

internal sealed class ResponsesToolClient : ToolClient
{
    private const string Tools =
        """[{"type":"function","name":"ring","parameters":{"type":"object","properties":{}}}]""";

    public override bool SeesRuns => true;

    public override JsonObject User(string words) => ToolGateway.User(words);

    public override Task<ClientCall> SendAsync(ToolGateway tools, string model, bool streams, JsonArray turns) =>
        tools.Gateway.SendAsync(
            GatewayEndpoints.Responses,
            new JsonObject
            {
                ["model"] = model,
                ["stream"] = streams,
                ["store"] = false,
                ["input"] = turns.DeepClone(),
                ["tools"] = Parse(Tools),
            }.ToJsonString());

    public override IReadOnlyList<string> Add(JsonArray turns, ClientCall call, bool streams)
    {
        JsonNode answer = streams
            ? Events(call).Single(told => (string?)told["type"] == "response.completed")["response"]!
            : call.Json;
        foreach (JsonNode? item in answer["output"]!.AsArray())
        {
            turns.Add(item!.DeepClone());
        }

        string[] ids =
        [
            .. answer["output"]!.AsArray().Where(item => (string?)item!["type"] == "function_call")
                .Select(item => (string)item!["call_id"]!),
        ];
        foreach (string id in ids)
        {
            turns.Add(new JsonObject
            {
                ["type"] = "function_call_output",
                ["call_id"] = id,
                ["output"] = "Rang.",
            });
        }

        return ids;
    }
}
