using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;
using Said = Lightport.Tests.Enrichment.Rounds.ToolWire.Said;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>A client of Responses that is asked whether tools may be called, and says yes.</summary>
internal static class Approvals
{
    /// <summary>A server's entry, all of whose calls must be approved.</summary>
    public const string Asks = ", approval: always";

    /// <summary>What a client is told where the model wants calls that must be approved.</summary>
    public static async Task<JsonArray> AskAsync(ToolGateway tools, Said said, string? key = null)
    {
        tools.Says("house", false, said);
        ClientCall call = await SendAsync(tools, [ToolGateway.User("Is it so?")], key);
        return call.Json["output"]!.AsArray();
    }

    /// <summary>Words, what was told, and a yes to all of it.</summary>
    public static JsonArray Yes(string words, JsonArray asked) => Answered(words, asked, approves: true);

    /// <summary>Words, what was told, and a no to all of it.</summary>
    public static JsonArray No(string words, JsonArray asked) => Answered(words, asked, approves: false);

    private static JsonArray Answered(string words, JsonArray asked, bool approves)
    {
        JsonArray turns = [ToolGateway.User(words), .. asked.Select(item => item!.DeepClone())];
        foreach (JsonNode? question in asked.Where(item => (string?)item!["type"] == "mcp_approval_request"))
        {
            turns.Add(new JsonObject
            {
                ["type"] = "mcp_approval_response",
                ["approval_request_id"] = question!["id"]!.DeepClone(),
                ["approve"] = approves,
            });
        }

        return turns;
    }

    public static string? ResultOf(ClientCall call) => (string?)call.Json["output"]!.AsArray()
        .Single(item => (string?)item!["type"] == "mcp_call")!["output"];

    public static Task<ClientCall> SendAsync(
        ToolGateway gateway, JsonArray turns, string? key = null, JsonArray? tools = null)
    {
        var headers = new Dictionary<string, string> { ["x-lightport-no-retry"] = "true" };
        if (key is not null)
        {
            headers["Authorization"] = $"Bearer {key}";
        }

        return gateway.Gateway.SendAsync(GatewayEndpoints.Responses, Body(turns, tools), headers);
    }

    public static string Body(JsonArray turns, JsonArray? tools = null)
    {
        var body = new JsonObject { ["model"] = "house", ["input"] = turns.DeepClone(), ["store"] = false };
        if (tools is { Count: > 0 })
        {
            body["tools"] = tools.DeepClone();
        }

        return body.ToJsonString();
    }
}
