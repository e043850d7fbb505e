using System.Net;
using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.McpDoor;

/// <summary>Messages of an MCP client, of the newest revision unless a test wants another, and what it reads.</summary>
internal static class McpCall
{
    public const string Newest = "2026-07-28";

    public static Dictionary<string, string> Headers(
        string method, string? name = null, string? version = Newest, string? key = null)
    {
        var headers = new Dictionary<string, string> { ["Accept"] = "application/json, text/event-stream" };
        Add("MCP-Protocol-Version", version);
        Add("Mcp-Method", version == Newest ? method : null);
        Add("Mcp-Name", version == Newest ? name : null);
        Add("Authorization", key is null ? null : $"Bearer {key}");
        return headers;

        void Add(string header, string? value)
        {
            if (value is not null)
            {
                headers.Add(header, value);
            }
        }
    }

    public static string Body(string method, JsonObject? parameters = null, string? version = Newest)
    {
        parameters ??= [];
        if (version == Newest)
        {
            parameters["_meta"] = new JsonObject
            {
                ["io.modelcontextprotocol/protocolVersion"] = Newest,
                ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
            };
        }

        return new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = 7,
            ["method"] = method,
            ["params"] = parameters,
        }.ToJsonString();
    }

    public static Task<ClientCall> AskAsync(
        this TestGateway gateway,
        string method,
        JsonObject? parameters = null,
        string? version = Newest,
        string? key = null) => gateway.SendAsync(
            GatewayEndpoints.Mcp,
            Body(method, parameters, version),
            Headers(method, (string?)(parameters?["name"] ?? parameters?["uri"]), version, key));

    public static Task<ClientCall> CallToolAsync(
        this TestGateway gateway, string tool, JsonObject arguments, string? key = null) => gateway.AskAsync(
            "tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments }, key: key);

    /// <summary>The answer's one message, as an event or alone.</summary>
    public static JsonObject Message(this ClientCall call)
    {
        const string Data = "data: ";
        string? line = call.Text.Split('\n').LastOrDefault(line => line.StartsWith(Data, StringComparison.Ordinal));
        return JsonNode.Parse(line is null ? call.Text : line[Data.Length..])!.AsObject();
    }

    public static JsonObject Result(this ClientCall call) => call.Message()["result"]!.AsObject();

    /// <summary>What a tool gave as text, where it gave a result and no failure.</summary>
    public static string ToolText(this ClientCall call)
    {
        Assert.Equal((int)HttpStatusCode.OK, call.Status);
        Assert.NotEqual(true, (bool?)call.Result()["isError"]);
        return (string)call.Result()["content"]![0]!["text"]!;
    }

    /// <summary>What a tool says that went wrong.</summary>
    public static string ToolFailure(this ClientCall call)
    {
        Assert.True((bool?)call.Result()["isError"], call.Text);
        return (string)call.Result()["content"]![0]!["text"]!;
    }
}
