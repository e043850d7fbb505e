using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Laws.Reading;
using Lightport.Strangers.PathChat;

namespace Lightport.Tests.Strangers;

/// <summary>The same question in each dialect that is served, with a tool and a call of it in the history.</summary>
internal static class StrangeClient
{
    private const string Chat = """
        {"model":"m","temperature":0.5,"stream":STREAM,"stream_options":OPTIONS,"messages":[{"role":"user","content":"hi"},
         {"role":"assistant","tool_calls":[{"id":"c0","type":"function","function":{"name":"look","arguments":"{\"q\":0}"}}]},
         {"role":"tool","tool_call_id":"c0","content":"nothing"}],
         "tools":[{"type":"function","function":{"name":"look","parameters":
         {"type":"object","properties":{"q":{"type":"integer"}}}}}]}
        """;

    private const string Messages = """
        {"model":"m","max_tokens":64,"temperature":0.5,"stream":STREAM,"messages":[{"role":"user","content":"hi"},
         {"role":"assistant","content":[{"type":"tool_use","id":"c0","name":"look","input":{"q":0}}]},
         {"role":"user","content":[{"type":"tool_result","tool_use_id":"c0","content":"nothing"}]}],
         "tools":[{"name":"look","input_schema":
         {"type":"object","properties":{"q":{"type":"integer"}}}}]}
        """;

    public const string Path = """
        {"turns":[{"who":"human","say":"hi"},{"who":"machine","calls":[{"id":"c0","name":"look","args":{"q":0}}]},
         {"who":"tool","of":"c0","say":"nothing"}],"tools":[{"name":"look","schema":
         {"type":"object","properties":{"q":{"type":"integer"}}}}],"heat":0.5}
        """;

    public static ClientCall Start(TestGateway gateway, string dialect, string model, bool stream) => dialect switch
    {
        DialectIds.OpenAIChat => gateway.Start(GatewayEndpoints.ChatCompletions, Json(Chat, model, stream)),
        DialectIds.AnthropicMessages => gateway.Start(GatewayEndpoints.Messages, Json(Messages, model, stream)),
        _ => gateway.Start(
            stream ? PathChatDialect.Stream : PathChatDialect.Generate,
            Path,
            new Dictionary<string, string> { ["Content-Type"] = PathChatDialect.MediaType },
            $"/strange/{model}:{(stream ? "stream" : "generate")}"),
    };

    public static async Task<ClientCall> AskAsync(TestGateway gateway, string dialect, string model, bool stream)
    {
        ClientCall call = Start(gateway, dialect, model, stream);
        await call.Done;
        return call;
    }

    /// <summary>What the answer says, one fact a line.</summary>
    public static IReadOnlyList<string> Read(string dialect, ClientCall call, bool stream)
    {
        if (dialect != PathChatDialect.Id)
        {
            return Told.Read(dialect, call.Body.Bytes, stream).Lines;
        }

        JsonNode answer = JsonNode.Parse(call.Text)!;
        JsonObject[] pieces = [.. stream ? answer.AsArray().Select(piece => piece!.AsObject()) : [answer.AsObject()]];
        JsonObject end = pieces.Single(piece => piece.ContainsKey("end"));
        return
        [
            $"choice 0: {(string?)end["end"] switch { "calls" => "tool_calls", "done" => "stop", var other => other }}",
            $"text {string.Concat(pieces.Select(piece => (string?)piece["say"]))}",
            .. pieces.SelectMany(Calls).Select(call => $"call {call["id"]} {call["name"]} {call["args"]!.ToJsonString()}"),
            $"usage prompt {end["used"]!["in"]} cached 0 written 0 completion {end["used"]!["out"]} reasoning 0",
        ];
    }

    /// <summary>The message of an error, in a body or at a stream's end.</summary>
    public static string? ErrorIn(string dialect, ClientCall call)
    {
        if (dialect == PathChatDialect.Id)
        {
            JsonNode answer = JsonNode.Parse(call.Text)!;
            return (string?)(answer is JsonArray array ? array[^1] : answer)!["fault"]?["why"];
        }

        JsonNode last = call.Text.StartsWith('{')
            ? JsonNode.Parse(call.Text)!
            : SseData.Objects(call.Body.Bytes).Last();
        return (string?)last["error"]?["message"];
    }

    private static IEnumerable<JsonNode> Calls(JsonObject piece) =>
        piece["call"] is { } call ? [call] : (piece["calls"]?.AsArray() ?? []).OfType<JsonNode>();

    private static string Json(string request, string model, bool stream) => request
        .Replace("\"model\":\"m\"", $"\"model\":\"{model}\"", StringComparison.Ordinal)
        .Replace("OPTIONS", stream ? "{\"include_usage\":true}" : "null", StringComparison.Ordinal)
        .Replace("STREAM", stream ? "true" : "false", StringComparison.Ordinal);
}
