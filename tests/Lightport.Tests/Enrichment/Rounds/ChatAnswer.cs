using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>A chat's answer as a client folds it, whole or streamed.</summary>
internal static class ChatAnswer
{
    /// <summary>The assistant's message, to be sent back.</summary>
    public static JsonObject Message(ClientCall call, bool streams)
    {
        if (!streams)
        {
            return call.Json["choices"]![0]!["message"]!.DeepClone().AsObject();
        }

        var message = new JsonObject { ["role"] = "assistant", ["content"] = "" };
        foreach (JsonObject delta in Chunks(call).Select(chunk => chunk["choices"]!.AsArray())
            .Where(choices => choices.Count > 0)
            .Select(choices => choices[0]!["delta"]!.AsObject()))
        {
            message["content"] = (string?)message["content"] + (string?)delta["content"];
            foreach (JsonNode? piece in delta["tool_calls"]?.AsArray() ?? [])
            {
                Add(message, piece!.AsObject());
            }
        }

        return message;
    }

    public static string? Finish(ClientCall call, bool streams) => streams
        ? Chunks(call).Select(chunk => chunk["choices"]!.AsArray())
            .Where(choices => choices.Count > 0)
            .Select(choices => (string?)choices[0]!["finish_reason"])
            .Single(finish => finish is not null)
        : (string?)call.Json["choices"]![0]!["finish_reason"];

    public static int Tokens(ClientCall call, bool streams) =>
        (int)(streams ? Chunks(call).Single(chunk => chunk["usage"] is JsonObject) : call.Json)["usage"]!["total_tokens"]!;

    private static IEnumerable<JsonObject> Chunks(ClientCall call) => call.Text
        .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        .Where(frame => frame.StartsWith("data: {", StringComparison.Ordinal))
        .Select(frame => JsonNode.Parse(frame[6..])!.AsObject());

    private static void Add(JsonObject message, JsonObject piece)
    {
        JsonArray calls = message["tool_calls"]?.AsArray() ?? [];
        message["tool_calls"] ??= calls;
        int index = (int)piece["index"]!;
        if (index == calls.Count)
        {
            JsonObject call = piece.DeepClone().AsObject();
            call.Remove("index");
            calls.Add(call);
            return;
        }

        JsonObject function = calls[index]!["function"]!.AsObject();
        function["arguments"] = (string?)function["arguments"] + (string?)piece["function"]!["arguments"];
    }
}
