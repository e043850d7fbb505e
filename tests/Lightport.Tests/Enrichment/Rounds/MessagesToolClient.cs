using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Enrichment.Rounds;

internal sealed class MessagesToolClient : ToolClient
{
    private const string Tools = """[{"name":"ring","input_schema":{"type":"object","properties":{}}}]""";

    public override bool SeesRuns => true;

    public override JsonObject User(string words) => ToolGateway.User(words);

    public override Task<ClientCall> SendAsync(ToolGateway tools, string model, bool streams, JsonArray turns) =>
        tools.Gateway.SendAsync(
            GatewayEndpoints.Messages,
            new JsonObject
            {
                ["model"] = model,
                ["stream"] = streams,
                ["max_tokens"] = 64,
                ["messages"] = turns.DeepClone(),
                ["tools"] = Parse(Tools),
            }.ToJsonString());

    public override IReadOnlyList<string> Add(JsonArray turns, ClientCall call, bool streams)
    {
        JsonArray blocks = streams ? Folded(call) : call.Json["content"]!.DeepClone().AsArray();
        string[] ids =
        [
            .. blocks.Where(block => (string?)block!["type"] == "tool_use").Select(block => (string)block!["id"]!),
        ];
        turns.Add(new JsonObject { ["role"] = "assistant", ["content"] = blocks });
        if (ids.Length > 0)
        {
            turns.Add(new JsonObject { ["role"] = "user", ["content"] = new JsonArray([.. ids.Select(Result)]) });
        }

        return ids;
    }

    private static JsonObject Result(string id) =>
        new() { ["type"] = "tool_result", ["tool_use_id"] = id, ["content"] = "Rang." };

    private static JsonArray Folded(ClientCall call)
    {
        var blocks = new JsonArray();
        var inputs = new Dictionary<int, string>();
        foreach (JsonObject told in Events(call))
        {
            switch ((string?)told["type"])
            {
                case "content_block_start":
                    blocks.Add(told["content_block"]!.DeepClone());
                    break;
                case "content_block_delta" when (string?)told["delta"]!["type"] == "text_delta":
                    JsonNode block = blocks[(int)told["index"]!]!;
                    block["text"] = (string?)block["text"] + (string?)told["delta"]!["text"];
                    break;
                case "content_block_delta" when (string?)told["delta"]!["type"] == "input_json_delta":
                    int index = (int)told["index"]!;
                    inputs[index] = inputs.GetValueOrDefault(index) + (string?)told["delta"]!["partial_json"];
                    break;
            }
        }

        foreach ((int index, string input) in inputs)
        {
            blocks[index]!["input"] = JsonNode.Parse(input.Length == 0 ? "{}" : input);
        }

        return blocks;
    }
}
