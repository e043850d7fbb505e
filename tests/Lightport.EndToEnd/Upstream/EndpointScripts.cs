using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Lightport.EndToEnd.Upstream;

/// <summary>OpenAI's other doors.</summary>
internal static class EndpointScripts
{
    public static readonly float[] Vector = [0.25f, -0.5f, 1f];

    public static IReadOnlyDictionary<string, Func<UpstreamCall, Task>> All { get; } =
        new Dictionary<string, Func<UpstreamCall, Task>>
        {
            ["embedding"] = EmbedAsync,
            ["completion"] = CompleteAsync,
        };

    private static Task EmbedAsync(UpstreamCall call)
    {
        JsonElement input = call.Body.GetProperty("input");
        int count = input.ValueKind == JsonValueKind.Array ? input.GetArrayLength() : 1;
        bool base64 = call.Has("encoding_format", "base64");
        IEnumerable<JsonNode> data = Enumerable.Range(0, count).Select(index => new JsonObject
        {
            ["object"] = "embedding",
            ["index"] = index,
            ["embedding"] = base64
                ? Convert.ToBase64String(Bytes())
                : new JsonArray([.. Vector.Select(value => (JsonNode)value)]),
        });
        return WriteAsync(call, new()
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. data]),
            ["model"] = call.Model,
            ["usage"] = new JsonObject { ["prompt_tokens"] = 9, ["total_tokens"] = 9 },
        });
    }

    private static async Task CompleteAsync(UpstreamCall call)
    {
        if (!call.Stream)
        {
            JsonObject whole = Completion(call, "once upon a time", "stop");
            whole["usage"] =
                new JsonObject { ["prompt_tokens"] = 3, ["completion_tokens"] = 4, ["total_tokens"] = 7 };
            await WriteAsync(call, whole);
            return;
        }

        call.Context.Response.ContentType = "text/event-stream";
        foreach (string piece in Pieces.Of("once upon a time"))
        {
            await OpenAIWire.SendAsync(call, Completion(call, piece, finish: null).ToWire());
        }

        await OpenAIWire.SendAsync(call, Completion(call, "", "stop").ToWire());
        await OpenAIWire.SendAsync(call, "[DONE]");
    }

    private static JsonObject Completion(UpstreamCall call, string text, string? finish) => new()
    {
        ["id"] = "cmpl-fake",
        ["object"] = "text_completion",
        ["created"] = 1_700_000_000,
        ["model"] = call.Model,
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0, ["text"] = text, ["logprobs"] = null, ["finish_reason"] = finish,
        }),
    };

    private static byte[] Bytes()
    {
        byte[] bytes = new byte[Vector.Length * sizeof(float)];
        for (int index = 0; index < Vector.Length; index++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(index * sizeof(float)), Vector[index]);
        }

        return bytes;
    }

    private static Task WriteAsync(UpstreamCall call, JsonObject body)
    {
        call.Context.Response.ContentType = "application/json";
        return call.Context.Response.WriteAsync(body.ToWire());
    }
}
