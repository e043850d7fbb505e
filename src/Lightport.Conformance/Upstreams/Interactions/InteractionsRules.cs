using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.Interactions;

/// <summary>What Google answers 400 to.</summary>
internal static partial class InteractionsRules
{
    /// <summary>What stands in for a signature that was lost.</summary>
    private const string Skip = "skip_thought_signature_validator";

    private static readonly HashSet<string> Fields =
    [
        "model", "input", "system_instruction", "tools", "generation_config", "response_format", "response_modalities",
        "safety_settings", "service_tier", "labels", "store", "stream", "background", "previous_interaction_id",
    ];

    private static readonly HashSet<string> ConfigFields =
    [
        "max_output_tokens", "seed", "stop_sequences", "temperature", "top_p", "thinking_level", "thinking_summaries",
        "tool_choice", "speech_config", "image_config",
    ];

    private static readonly Dictionary<string, string[]> StepFields = new()
    {
        ["user_input"] = ["content"],
        ["model_output"] = ["content"],
        ["thought"] = ["summary", "signature"],
        ["function_call"] = ["id", "name", "arguments"],
        ["function_result"] = ["call_id", "name", "result", "is_error"],
    };

    private static readonly Dictionary<string, string[]> ContentFields = new()
    {
        ["text"] = ["text", "annotations"],
        ["image"] = ["data", "uri", "mime_type", "resolution"],
        ["audio"] = ["data", "uri", "mime_type"],
        ["document"] = ["data", "uri", "mime_type"],
        ["video"] = ["data", "uri", "mime_type", "resolution"],
    };

    public static IEnumerable<string> Complaints(JsonObject body, IReadOnlyCollection<string> issued)
    {
        JsonObject config = body.Object("generation_config") ?? [];
        foreach (string field in body.Select(field => field.Key).Where(field => !Fields.Contains(field))
            .Concat(config.Select(field => field.Key).Where(field => !ConfigFields.Contains(field))))
        {
            yield return $"Unknown parameter '{field}'.";
        }

        foreach (JsonObject tool in body.Items("tools"))
        {
            if (tool.Text("type") != "function" || !NamePattern().IsMatch(tool.Text("name") ?? ""))
            {
                yield return $"Invalid tool {tool.ToJsonString()}.";
            }
        }

        if (body["response_format"] is JsonObject format
            && (format.Text("type") != "text" || format.Text("mime_type") != "application/json"))
        {
            yield return "response_format: a schema is of text that is application/json.";
        }

        foreach (string complaint in Steps(body).Concat(Signatures(body, issued)))
        {
            yield return complaint;
        }
    }

    private static IEnumerable<string> Steps(JsonObject body)
    {
        var open = new HashSet<string>();
        foreach ((int place, JsonObject step) in body.Items("input").Index())
        {
            string type = step.Text("type") ?? "";
            if (!StepFields.TryGetValue(type, out string[]? fields) || HasOthers(step, fields))
            {
                yield return $"input[{place}]: unknown step {step.ToJsonString()}.";
            }

            if (type == "function_call" && !open.Add(step.Text("id") ?? ""))
            {
                yield return $"input[{place}]: the id {step.Text("id")} is taken.";
            }

            if (type == "function_result" && !open.Remove(step.Text("call_id") ?? ""))
            {
                yield return $"input[{place}]: no call {step.Text("call_id")} waits for a result.";
            }

            bool isSaid = type is "user_input" or "model_output";
            if (isSaid && (open.Count > 0 || step["content"] is not JsonArray { Count: > 0 }))
            {
                yield return $"input[{place}]: empty, or before the results of all calls.";
            }

            IEnumerable<JsonObject> contents = step.Items("content").Concat(step.Items("result"));
            if (contents.Any(content => !ContentFields.TryGetValue(content.Text("type") ?? "", out string[]? known)
                || HasOthers(content, known)))
            {
                yield return $"input[{place}]: unknown content.";
            }
        }
    }

    private static bool HasOthers(JsonObject owner, string[] known) =>
        owner.Any(field => field.Key != "type" && !known.Contains(field.Key));

    /// <summary>The calls of the turn that is going on need a signed thought before the first of them.</summary>
    private static IEnumerable<string> Signatures(JsonObject body, IReadOnlyCollection<string> issued)
    {
        JsonObject[] steps = [.. body.Items("input")];
        foreach (string? signature in steps.Where(step => step.Text("type") == "thought")
            .Select(step => step.Text("signature")))
        {
            if (signature is null || (signature != Skip && !issued.Contains(signature)))
            {
                yield return "Thought signature is not valid.";
            }
        }

        int turn = Array.FindLastIndex(steps, step => step.Text("type") == "user_input");
        bool isSigned = false;
        foreach (JsonObject step in steps[(turn + 1)..])
        {
            string? type = step.Text("type");
            isSigned = type != "function_result" && (isSigned || type == "thought");
            if (type == "function_call" && !isSigned)
            {
                yield return $"Call {step.Text("name")} is missing a signed thought.";
            }
        }
    }

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$")]
    private static partial Regex NamePattern();
}
