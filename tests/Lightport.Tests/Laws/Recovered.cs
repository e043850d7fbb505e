using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Dialects;

namespace Lightport.Tests.Laws;

/// <summary>What a recording says, read without the gateway's own decoders.</summary>
internal static class Recovered
{
    /// <summary>Prompt, completion and reasoning tokens as the provider told them; null where it told none.</summary>
    public static (long Prompt, long Completion, long Reasoning)? Usage(RecordedAnswer recorded)
    {
        var usage = new JsonObject();
        foreach (JsonObject body in Bodies(recorded))
        {
            foreach (JsonNode? told in new[] { body["message"]?["usage"], body["usage"] })
            {
                foreach ((string name, JsonNode? value) in told as JsonObject ?? [])
                {
                    usage[name] = value?.DeepClone() ?? usage[name]?.DeepClone();
                }
            }
        }

        bool messages = recorded.Dialect == DialectIds.AnthropicMessages;
        long cached = Number(usage, "cache_read_input_tokens") + Number(usage, "cache_creation_input_tokens");
        long prompt = messages ? Number(usage, "input_tokens") + cached : Number(usage, "prompt_tokens");
        long completion = Number(usage, messages ? "output_tokens" : "completion_tokens");
        long reasoning = Number(usage["completion_tokens_details"] as JsonObject ?? usage, "reasoning_tokens");
        return prompt + completion > 0 ? (prompt, completion, reasoning) : null;
    }

    public static bool IsErrorInside(RecordedAnswer recorded) =>
        Bodies(recorded).Any(body => body["error"] is JsonObject { Count: > 0 } or JsonValue);

    /// <summary>An error's message and its machine-readable code, where it has them.</summary>
    public static (string? Message, string? Code) Error(RecordedAnswer recorded)
    {
        JsonNode? error = Bodies(recorded).FirstOrDefault()?["error"];
        return error is JsonObject
            ? (Text(error["message"]), Text(error["code"]))
            : (Text(error), null);
    }

    /// <summary>The whole body, or the data of every event.</summary>
    private static IEnumerable<JsonObject> Bodies(RecordedAnswer recorded)
    {
        IEnumerable<string> texts = recorded.IsStream
            ? from line in recorded.Text.Split('\n')
              where line.StartsWith("data:", StringComparison.Ordinal)
              select line[5..]
            : [recorded.Text];
        foreach (string text in texts.Where(text => text.TrimStart().StartsWith('{')))
        {
            JsonObject body;
            try
            {
                body = JsonNode.Parse(text)!.AsObject();
            }
            catch (JsonException)
            {
                continue;
            }

            yield return body;
        }
    }

    private static long Number(JsonObject owner, string name) =>
        owner[name] is JsonValue value && value.TryGetValue(out long number) ? number : 0;

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;
}
