using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Enrichment.Rounds;

internal sealed class ChatToolClient : ToolClient
{
    private const string Tools =
        """[{"type":"function","function":{"name":"ring","parameters":{"type":"object","properties":{}}}}]""";

    public override bool SeesRuns => false;

    public override JsonObject User(string words) => ToolGateway.User(words);

    public override Task<ClientCall> SendAsync(ToolGateway tools, string model, bool streams, JsonArray turns) =>
        tools.Gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            ToolGateway.Chat(model, streams, turns.Select(turn => turn!), Parse(Tools)));

    public override IReadOnlyList<string> Add(JsonArray turns, ClientCall call, bool streams)
    {
        JsonObject answer = ChatAnswer.Message(call, streams);
        string[] ids = [.. (answer["tool_calls"]?.AsArray() ?? []).Select(own => (string)own!["id"]!)];
        turns.Add(answer);
        foreach (string id in ids)
        {
            turns.Add(new JsonObject { ["role"] = "tool", ["tool_call_id"] = id, ["content"] = "Rang." });
        }

        return ids;
    }
}
