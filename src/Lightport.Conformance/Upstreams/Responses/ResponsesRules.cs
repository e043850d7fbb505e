using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.Responses;

/// <summary>What OpenAI answers 400 to.</summary>
internal static partial class ResponsesRules
{
    private const string Encrypted = "reasoning.encrypted_content";

    private static readonly HashSet<string> Fields =
    [
        "model", "input", "instructions", "tools", "tool_choice", "parallel_tool_calls", "stream", "store", "include",
        "max_output_tokens", "text", "reasoning", "temperature", "top_p", "metadata", "truncation", "user",
        "safety_identifier", "prompt_cache_key", "service_tier", "top_logprobs", "stream_options",
    ];

    /// <summary>How an item's id begins, where it has one.</summary>
    private static readonly Dictionary<string, string> Ids = new()
    {
        ["message"] = "msg_",
        ["reasoning"] = "rs_",
        ["function_call"] = "fc_",
        ["function_call_output"] = "fc",
    };

    public static IEnumerable<string> Complaints(JsonObject body, IReadOnlyCollection<string> issued)
    {
        foreach (string field in body.Select(field => field.Key).Where(field => !Fields.Contains(field)))
        {
            yield return $"Unknown parameter: '{field}'.";
        }

        if (body.Count("max_output_tokens") is < 16)
        {
            yield return "Invalid 'max_output_tokens': integer below minimum value.";
        }

        bool isKept = (bool?)body["store"] != false;
        bool asks = body["include"] is JsonArray include && include.Any(name => (string?)name == Encrypted);
        if (body.Object("reasoning").Text("effort") is not (null or "none") && isKept | !asks)
        {
            yield return $"Without store: false and include: [{Encrypted}] the state of this answer stays behind.";
        }

        foreach (JsonObject tool in body.Items("tools"))
        {
            if (tool.Text("type") != "function" || !NamePattern().IsMatch(tool.Text("name") ?? "")
                || tool.Object("parameters").Text("type") != "object")
            {
                yield return $"Invalid tool {tool.Text("name")}.";
            }
        }

        foreach (string complaint in Items(body, issued))
        {
            yield return complaint;
        }
    }

    private static IEnumerable<string> Items(JsonObject body, IReadOnlyCollection<string> issued)
    {
        JsonObject[] items = [.. body.Items("input")];
        var open = new HashSet<string>();
        foreach ((int place, JsonObject item) in items.Index())
        {
            string type = item.Text("type") ?? "message";
            string callId = item.Text("call_id") ?? "";
            if (!Ids.TryGetValue(type, out string? id)
                || item.Text("id")?.StartsWith(id, StringComparison.Ordinal) == false)
            {
                yield return $"Invalid 'input[{place}]': type {type}, id {item.Text("id")}.";
            }

            if (type == "reasoning" && !issued.Contains(item.Text("encrypted_content") ?? ""))
            {
                yield return "The encrypted content could not be verified.";
            }

            JsonObject? next = items.ElementAtOrDefault(place + 1);
            if (type == "reasoning" && (next is null || next.Text("type") == "function_call_output"
                || next.Text("role") == "user"))
            {
                yield return "Item 'reasoning' was provided without its required following item.";
            }

            if (type == "function_call" && (callId.Length is 0 or > 64 || !open.Add(callId)
                || !NamePattern().IsMatch(item.Text("name") ?? "")
                || JsonReading.Parse(item.Text("arguments") ?? "") is null))
            {
                yield return $"Invalid function call '{callId}' of {item.Text("name")}.";
            }

            if (type == "function_call_output" && !open.Remove(callId))
            {
                yield return $"No tool call found for function call output with call_id {callId}.";
            }

            foreach (string complaint in Parts(item, place))
            {
                yield return complaint;
            }
        }

        foreach (string id in open)
        {
            yield return $"No tool output found for function call {id}.";
        }
    }

    private static IEnumerable<string> Parts(JsonObject item, int place)
    {
        bool isOwn = item.Text("role") == "assistant";
        foreach (JsonObject part in item.Items("content").Where(_ => item.Text("type") != "reasoning"))
        {
            bool isTaken = part.Text("type") is "output_text" or "refusal"
                ? isOwn
                : !isOwn && part.Text("type") is "input_text" or "input_image" or "input_file";
            if (!isTaken)
            {
                yield return $"Invalid value: '{part.Text("type")}' at input[{place}] of {item.Text("role")}.";
            }
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex NamePattern();
}
