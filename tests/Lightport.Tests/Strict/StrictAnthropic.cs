using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lightport.Tests.Strict;

/// <summary>
/// Anthropic at its strictest (https://platform.claude.com/docs/en/api/messages, …/build-with-claude/effort,
/// …/build-with-claude/structured-outputs, …/models/opus-5-5/migration-guide): what it complains of would be a 400.
/// </summary>
internal static partial class StrictAnthropic
{
    private static readonly string[] AlwaysThinking = ["claude-opus-5-5", "claude-fable-", "claude-mythos-"];

    public static IEnumerable<string> Complaints(JsonObject body)
    {
        string model = (string)body["model"]!;
        string? thinking = (string?)body["thinking"]?["type"];
        string choice = (string?)body["tool_choice"]?["type"] ?? "auto";
        bool always = Array.Exists(AlwaysThinking, name => model.StartsWith(name, StringComparison.Ordinal));
        if (always && choice is "any" or "tool")
        {
            yield return "tool_choice forces tool use, which is not compatible with this model.";
        }

        if (thinking == "enabled" && choice is "any" or "tool")
        {
            yield return "Thinking may not be enabled when tool_choice forces tool use.";
        }

        if (always && thinking is "disabled" or "enabled")
        {
            yield return $"thinking.type: '{thinking}' is not supported for this model.";
        }

        if (body["output_config"]?["effort"] is { } effort && !IsTaken(model, (string)effort!))
        {
            yield return $"output_config.effort: '{effort}' is not supported for {model}.";
        }

        if (body["output_config"]?["format"] is { } format)
        {
            foreach (string complaint in StrictSchema.StrictAtAnthropic(format["schema"]!, "output_config.format"))
            {
                yield return complaint;
            }
        }

        foreach (string complaint in Tools(body).Concat(Turns(body)).Concat(Limits(body)))
        {
            yield return complaint;
        }
    }

    private static bool IsTaken(string model, string effort) => effort switch
    {
        "low" or "medium" or "high" => true,
        "xhigh" => !model.Contains("-4-6", StringComparison.Ordinal) && !model.Contains("-4-5", StringComparison.Ordinal),
        "max" => !model.Contains("-4-5", StringComparison.Ordinal),
        _ => false,
    };

    private static IEnumerable<string> Tools(JsonObject body)
    {
        var names = new HashSet<string>();
        foreach (JsonNode? tool in body["tools"] as JsonArray ?? [])
        {
            string name = (string)tool!["name"]!;
            if (!Name().IsMatch(name) || !names.Add(name))
            {
                yield return $"tools: '{name}' does not match the pattern, or stands twice.";
            }

            JsonNode schema = tool["input_schema"]!;
            if ((string?)schema["type"] != "object" || schema["anyOf"] is not null || schema["oneOf"] is not null)
            {
                yield return $"tools: input_schema of {name} must be an object without alternatives.";
            }

            if ((bool?)tool["strict"] == true)
            {
                foreach (string complaint in StrictSchema.StrictAtAnthropic(schema, name))
                {
                    yield return complaint;
                }
            }
        }

        if ((string?)body["tool_choice"]?["name"] is { } named && !names.Contains(named))
        {
            yield return $"tool_choice: tool '{named}' not found in tools.";
        }
    }

    /// <summary>All schemas that are enforced count together.</summary>
    private static IEnumerable<string> Limits(JsonObject body)
    {
        JsonNode[] strict =
        [
            .. (body["tools"] as JsonArray ?? []).Where(tool => (bool?)tool!["strict"] == true)
                .Select(tool => tool!["input_schema"]!),
        ];
        JsonNode[] schemas = body["output_config"]?["format"]?["schema"] is { } format ? [.. strict, format] : strict;
        int unions = schemas.Sum(schema => Union().Count(schema.ToJsonString()));
        int optional = schemas.Sum(StrictSchema.CountOptional);
        if (strict.Length > 20 || unions > 16 || optional > 24)
        {
            yield return $"{strict.Length} strict tools, {unions} unions, {optional} optional parameters.";
        }
    }

    private static IEnumerable<string> Turns(JsonObject body)
    {
        string? before = null;
        foreach (JsonNode? turn in body["messages"]!.AsArray())
        {
            string role = (string)turn!["role"]!;
            if (role is not ("user" or "assistant") || role == before)
            {
                yield return $"messages: {role} follows {before ?? "nothing"}.";
            }

            before = role;
            foreach (JsonNode? block in turn["content"]!.AsArray())
            {
                if ((string?)block!["type"] == "tool_use" && !Name().IsMatch((string)block["name"]!))
                {
                    yield return $"messages: tool_use name '{block["name"]}' does not match the pattern.";
                }
            }
        }
    }

    [GeneratedRegex("\"anyOf\":|\"type\":\\[")]
    private static partial Regex Union();

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex Name();
}
