using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lightport.Tests.Strict;

/// <summary>
/// OpenAI's Responses at its strictest (https://platform.openai.com/docs/api-reference/responses/create,
/// …/guides/reasoning, …/guides/structured-outputs, …/guides/function-calling), beyond what its schema says: what it
/// complains of would be a 400.
/// </summary>
internal static partial class StrictResponses
{
    private const int LongestUser = 64;

    public static IEnumerable<string> Complaints(JsonObject body) =>
        [.. Tools(body), .. Items(body), .. Format(body), .. Settings(body)];

    private static IEnumerable<string> Settings(JsonObject body)
    {
        bool thinks = body["reasoning"] is JsonObject;
        bool asksForState = (body["include"] as JsonArray)?.Any(one => (string?)one == "reasoning.encrypted_content") == true;
        if (asksForState && !thinks)
        {
            yield return "Encrypted content is not supported with this model.";
        }

        if ((bool?)body["store"] != false)
        {
            yield return "A translated request keeps nothing: 'store' must be false.";
        }

        foreach (string field in (string[])["user", "safety_identifier"])
        {
            if (((string?)body[field])?.Length > LongestUser)
            {
                yield return $"Invalid '{field}': string too long.";
            }
        }
    }

    private static IEnumerable<string> Format(JsonObject body) =>
        body["text"]?["format"] is JsonObject format && (bool?)format["strict"] == true
            ? StrictSchema.StrictAtOpenAI(format["schema"]!, "text.format")
            : [];

    private static IEnumerable<string> Tools(JsonObject body)
    {
        var names = new HashSet<string>();
        foreach (JsonNode? tool in body["tools"] as JsonArray ?? [])
        {
            string name = (string)tool!["name"]!;
            if (!Name().IsMatch(name) || !names.Add(name))
            {
                yield return $"Invalid or repeated tool name '{name}'.";
            }

            if (tool["parameters"] is not { } parameters)
            {
                continue;
            }

            IEnumerable<string> complaints = StrictSchema.OfAnyFunction(parameters, name);
            complaints = (bool?)tool["strict"] == true
                ? complaints.Concat(StrictSchema.StrictAtOpenAI(parameters, name))
                : complaints;
            foreach (string complaint in complaints)
            {
                yield return complaint;
            }
        }

        if (body["tool_choice"] is JsonObject choice && choice["name"] is { } chosen && !names.Contains((string)chosen!))
        {
            yield return $"Tool choice '{chosen}' not found in 'tools' parameter.";
        }
    }

    private static IEnumerable<string> Items(JsonObject body)
    {
        var calls = new HashSet<string>();
        bool reasoningWaits = false;
        foreach (JsonNode? item in body["input"]!.AsArray())
        {
            string? type = (string?)item!["type"];
            if (type is "function_call" or "custom_tool_call")
            {
                calls.Add(type + (string)item["call_id"]!);
                if (!Name().IsMatch((string)item["name"]!))
                {
                    yield return $"Invalid function name '{item["name"]}' in an earlier call.";
                }
            }
            else if (type is "function_call_output" or "custom_tool_call_output"
                && !calls.Contains(type[..^"_output".Length] + (string)item["call_id"]!))
            {
                yield return $"No tool call found for function call output with call_id {item["call_id"]}.";
            }

            if (reasoningWaits && (string?)item["role"] is "user" or "system" or "developer")
            {
                yield return "Item of type 'reasoning' was provided without its required following item.";
            }

            reasoningWaits = type == "reasoning";
        }

        if (reasoningWaits)
        {
            yield return "Item of type 'reasoning' was provided without its required following item.";
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex Name();
}
