using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.OpenAIChat;

/// <summary>What a strict chat server answers 400 to.</summary>
internal static partial class OpenAIChatRules
{
    private static readonly HashSet<string> Fields =
    [
        "model", "messages", "tools", "tool_choice", "parallel_tool_calls", "stream", "stream_options", "stop", "n",
        "max_tokens", "max_completion_tokens", "response_format", "reasoning_effort", "temperature", "top_p", "seed",
        "user", "metadata", "store",
    ];

    private static readonly string[] Roles = ["system", "developer", "user", "assistant", "tool"];

    public static IEnumerable<string> Complaints(
        UpstreamRequest request, IReadOnlyCollection<string> issued, UpstreamScript script)
    {
        JsonObject body = request.Body;
        if (request.Path != script.Root + "/chat/completions")
        {
            yield return $"Unknown path {request.Path}.";
        }

        if (body.Text("model") != script.Model)
        {
            yield return $"The model {body.Text("model")} does not exist.";
        }

        foreach (string field in body.Select(field => field.Key).Where(field => !Fields.Contains(field)))
        {
            yield return $"Unrecognized request argument supplied: {field}";
        }

        foreach (string complaint in Messages(body, issued).Concat(Tools(body)))
        {
            yield return complaint;
        }
    }

    private static IEnumerable<string> Messages(JsonObject body, IReadOnlyCollection<string> issued)
    {
        var open = new HashSet<string>();
        foreach ((int place, JsonObject message) in body.Items("messages").Index())
        {
            string role = message.Text("role") ?? "";
            if (!Roles.Contains(role))
            {
                yield return $"messages[{place}].role: '{role}' is none.";
            }
            else if (role == "tool" && !open.Remove(message.Text("tool_call_id") ?? ""))
            {
                yield return $"messages[{place}]: no preceding message has the call {message.Text("tool_call_id")}.";
            }
            else if (role != "tool" && open.Count > 0)
            {
                yield return $"messages[{place}]: the calls {string.Join(", ", open)} have no result.";
            }

            JsonObject[] calls = [.. message.Items("tool_calls")];
            if (message["content"] is null && calls.Length == 0)
            {
                yield return $"messages[{place}].content: expected a string or a list.";
            }

            foreach (string complaint in calls.SelectMany(call => Call(call, place)))
            {
                yield return complaint;
            }

            open.UnionWith(calls.Select(call => call.Text("id") ?? ""));

            // Only a server's own calls have the thought that went before them.
            bool isOwn = calls.Any(call => call.Text("id")?.StartsWith("functions.", StringComparison.Ordinal) == true);
            if (isOwn && issued.Count > 0 && body.Text("reasoning_effort") is not (null or "none")
                && !issued.Contains(message.Text("reasoning_content") ?? ""))
            {
                yield return $"messages[{place}]: reasoning_content must be passed back to the API.";
            }
        }
    }

    private static IEnumerable<string> Call(JsonObject call, int place)
    {
        JsonObject? function = call.Object("function");
        if (!NamePattern().IsMatch(function.Text("name") ?? ""))
        {
            yield return $"messages[{place}].tool_calls: '{function.Text("name")}' does not match the pattern.";
        }

        if (string.IsNullOrEmpty(call.Text("id")) || call.Text("type") != "function"
            || JsonReading.Parse(function.Text("arguments") ?? "") is null)
        {
            yield return $"messages[{place}].tool_calls: a call needs an id, a type, and arguments that are JSON.";
        }
    }

    private static IEnumerable<string> Tools(JsonObject body)
    {
        string?[] names = [.. body.Items("tools").Select(tool => tool.Object("function").Text("name"))];
        foreach (string? name in names.Where(name => !NamePattern().IsMatch(name ?? "")))
        {
            yield return $"tools: '{name}' does not match the pattern.";
        }

        if (names.Length == 0 && (body["tools"] ?? body["tool_choice"] ?? body["parallel_tool_calls"]) is not null)
        {
            yield return "tool_choice and parallel_tool_calls are only allowed when tools are specified.";
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex NamePattern();
}
