using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Enrichment.Rounds;

internal sealed class InteractionsToolClient : ToolClient
{
    private const string Tools =
        """[{"type":"function","name":"ring","parameters":{"type":"object","properties":{}}}]""";

    public override bool SeesRuns => true;

    public override JsonObject User(string words) => new()
    {
        ["type"] = "user_input",
        ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = words }),
    };

    public override Task<ClientCall> SendAsync(ToolGateway tools, string model, bool streams, JsonArray turns) =>
        tools.Gateway.SendAsync(
            GatewayEndpoints.Interactions,
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
        JsonArray steps = streams ? Folded(call) : call.Json["steps"]!.DeepClone().AsArray();
        var ids = new List<string>();
        foreach (JsonNode? step in steps)
        {
            turns.Add(step!.DeepClone());
            if ((string?)step["type"] == "function_call")
            {
                ids.Add((string)step["id"]!);
            }
        }

        foreach (string id in ids)
        {
            turns.Add(new JsonObject
            {
                ["type"] = "function_result",
                ["name"] = "ring",
                ["call_id"] = id,
                ["result"] = "Rang.",
            });
        }

        return ids;
    }

    private static JsonArray Folded(ClientCall call)
    {
        var steps = new JsonArray();
        var arguments = new Dictionary<int, string>();
        foreach (JsonObject told in Events(call))
        {
            int index = (int?)told["index"] ?? -1;
            switch ((string?)told["event_type"])
            {
                case "step.start":
                    steps.Add(told["step"]!.DeepClone());
                    break;
                case "step.delta" when (string?)told["delta"]!["type"] == "text":
                    JsonNode step = steps[index]!;
                    step["content"] ??= new JsonArray(new JsonObject { ["type"] = "text", ["text"] = "" });
                    step["content"]![0]!["text"] =
                        (string?)step["content"]![0]!["text"] + (string?)told["delta"]!["text"];
                    break;
                case "step.delta" when (string?)told["delta"]!["type"] == "arguments_delta":
                    arguments[index] = arguments.GetValueOrDefault(index) + (string?)told["delta"]!["arguments"];
                    break;
            }
        }

        foreach ((int index, string json) in arguments)
        {
            steps[index]!["arguments"] = JsonNode.Parse(json);
        }

        return steps;
    }
}
