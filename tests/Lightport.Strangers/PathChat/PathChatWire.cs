using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Conversation;

namespace Lightport.Strangers.PathChat;

/// <summary>The words of the wire, both ways.</summary>
internal static class PathChatWire
{
    public static void Write(JsonNode value, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output);
        value.WriteTo(writer);
    }

    public static JsonObject Fault(GatewayError error) => new()
    {
        ["fault"] = new JsonObject { ["code"] = error.Status, ["name"] = error.Code, ["why"] = error.Message },
    };

    /// <summary>Reads a fault, whatever it stands in; null where it is none.</summary>
    public static GatewayError? ReadFault(JsonNode? body, ErrorStage stage)
    {
        if (body?["fault"] is not { } fault)
        {
            return null;
        }

        int status = (int?)fault["code"] ?? 502;
        ErrorKind kind = status switch
        {
            401 => ErrorKind.Authentication,
            429 => ErrorKind.RateLimit,
            >= 500 => ErrorKind.Upstream,
            _ => ErrorKind.InvalidRequest,
        };
        return new GatewayError(stage, kind, status, (string?)fault["why"] ?? "")
        {
            Code = (string?)fault["name"],
            Retryable = status is 429 or >= 500,
        };
    }

    public static JsonNode? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonObject Call(ToolCallPart call) => new()
    {
        ["id"] = call.CallId,
        ["name"] = call.Name,
        ["args"] = JsonNode.Parse(call.Arguments),
    };

    public static ToolCallPart Call(JsonNode call) =>
        new((string)call["id"]!, (string)call["name"]!, call["args"]?.ToJsonString() ?? "{}");

    public static JsonObject Used(TokenUsage usage) => new() { ["in"] = usage.Prompt, ["out"] = usage.Completion };

    public static TokenUsage? Used(JsonNode? used) => used is null
        ? null
        : new TokenUsage { Input = (long)used["in"]!, Output = (long)used["out"]! };

    public static string End(FinishReason reason) => reason switch
    {
        FinishReason.Length => "limit",
        FinishReason.ToolCalls => "calls",
        FinishReason.ContentFilter => "blocked",
        _ => "done",
    };

    public static Finish End(string word) => new(
        word switch
        {
            "limit" => FinishReason.Length,
            "calls" => FinishReason.ToolCalls,
            "blocked" => FinishReason.ContentFilter,
            _ => FinishReason.Stop,
        },
        word);
}
