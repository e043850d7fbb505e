using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lightport.Tests.Strict;

/// <summary>
/// OpenAI at its strictest (https://platform.openai.com/docs/api-reference/chat/create, …/guides/reasoning,
/// …/guides/structured-outputs, …/guides/function-calling): what it complains of would be a 400.
/// </summary>
internal static partial class StrictOpenAI
{
    /// <summary>What each model takes, longest name first.</summary>
    private static readonly (string Model, string[] Efforts)[] Efforts =
    [
        ("gpt-5.6", ["none", "low", "medium", "high", "xhigh", "max"]),
        ("gpt-5.1", ["none", "low", "medium", "high"]),
        ("gpt-5.2", ["none", "low", "medium", "high", "xhigh"]),
        ("gpt-5-pro", ["high"]),
        ("gpt-5", ["minimal", "low", "medium", "high"]),
        ("o3", ["low", "medium", "high"]),
    ];

    public static IEnumerable<string> Complaints(JsonObject body)
    {
        string model = (string)body["model"]!;
        if (body["reasoning_effort"] is { } effort)
        {
            string[] taken = Efforts.FirstOrDefault(one => model.StartsWith(one.Model, StringComparison.Ordinal))
                .Efforts ?? [];
            if (!taken.Contains((string)effort!))
            {
                yield return $"Unsupported value: '{effort}' is not supported with the '{model}' model.";
            }
        }

        foreach (string field in (string[])["user", "safety_identifier"])
        {
            if (((string?)body[field])?.Length > 64)
            {
                yield return $"Invalid '{field}': string too long.";
            }
        }

        foreach (string complaint in Tools(body).Concat(Messages(body)))
        {
            yield return complaint;
        }

        if (body["response_format"]?["json_schema"] is { } format && (bool?)format["strict"] == true)
        {
            foreach (string complaint in StrictSchema.StrictAtOpenAI(format["schema"]!, "response_format"))
            {
                yield return complaint;
            }
        }
    }

    private static IEnumerable<string> Tools(JsonObject body)
    {
        var names = new HashSet<string>();
        foreach (JsonNode? tool in body["tools"] as JsonArray ?? [])
        {
            JsonNode function = tool!["function"] ?? tool["custom"]!;
            string name = (string)function["name"]!;
            if (!Name().IsMatch(name) || !names.Add(name))
            {
                yield return $"Invalid or repeated tool name '{name}'.";
            }

            if (function["parameters"] is not { } parameters)
            {
                continue;
            }

            IEnumerable<string> complaints = StrictSchema.OfAnyFunction(parameters, name);
            complaints = (bool?)function["strict"] == true
                ? complaints.Concat(StrictSchema.StrictAtOpenAI(parameters, name))
                : complaints;
            foreach (string complaint in complaints)
            {
                yield return complaint;
            }
        }

        if (body["tool_choice"] is JsonObject choice && !names.Contains((string)choice["function"]!["name"]!))
        {
            yield return $"Tool choice {choice.ToJsonString()} not found in 'tools'.";
        }
    }

    private static IEnumerable<string> Messages(JsonObject body)
    {
        var open = new HashSet<string>();
        foreach (JsonNode? message in body["messages"]!.AsArray())
        {
            string role = (string)message!["role"]!;
            if (role == "tool" && !open.Remove((string)message["tool_call_id"]!))
            {
                yield return "A message with role 'tool' must be a response to a preceding message with 'tool_calls'.";
            }
            else if (role != "tool" && open.Count > 0)
            {
                yield return "An assistant message with 'tool_calls' must be followed by tool messages.";
                open.Clear();
            }

            foreach (JsonNode? call in message["tool_calls"] as JsonArray ?? [])
            {
                open.Add((string)call!["id"]!);
                string name = (string)(call["function"] ?? call["custom"])!["name"]!;
                if (!Name().IsMatch(name))
                {
                    yield return $"Invalid function name '{name}' in an earlier call.";
                }
            }
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex Name();
}
