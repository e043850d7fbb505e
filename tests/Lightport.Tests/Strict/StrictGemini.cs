using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lightport.Tests.Strict;

/// <summary>
/// Gemini at its strictest (https://ai.google.dev/api/generate-content, …/docs/function-calling,
/// …/docs/thought-signatures, …/docs/thinking): what it complains of would be a 400.
/// </summary>
internal static partial class StrictGemini
{
    private static readonly string[] PartKinds =
    [
        "text", "inlineData", "fileData", "functionCall", "functionResponse", "executableCode", "codeExecutionResult",
        "toolCall", "toolResponse",
    ];

    private static readonly string[] Fields =
    [
        "contents", "systemInstruction", "tools", "toolConfig", "generationConfig", "safetySettings", "cachedContent",
        "serviceTier", "labels",
    ];

    private static readonly string[] GenerationFields =
    [
        "maxOutputTokens", "temperature", "topP", "topK", "presencePenalty", "frequencyPenalty", "seed", "stopSequences",
        "candidateCount", "responseLogprobs", "logprobs", "responseModalities", "responseMimeType", "responseJsonSchema",
        "thinkingConfig",
    ];

    public static IEnumerable<string> Complaints(JsonObject body, string model) =>
    [
        .. Unknown(body, Fields, "the body"),
        .. Unknown(body["generationConfig"] as JsonObject ?? [], GenerationFields, "generationConfig"),
        .. Thinking(body["generationConfig"]?["thinkingConfig"] as JsonObject, model),
        .. Tools(body),
        .. Turns(body["contents"]!.AsArray(), isSigned: !model.Contains("gemini-2", StringComparison.Ordinal)),
        .. body["generationConfig"]?["responseMimeType"] is not null && body["tools"] is not null
            && model.Contains("gemini-2", StringComparison.Ordinal)
                ? new[] { "Function calling with a response mime type: 'application/json' is unsupported" } : [],
    ];

    /// <summary>protobuf's JSON refuses a name that it does not know.</summary>
    private static IEnumerable<string> Unknown(JsonObject owner, string[] known, string place) =>
        owner.Where(field => !known.Contains(field.Key)).Select(field => $"Unknown name \"{field.Key}\" at {place}");

    private static IEnumerable<string> Thinking(JsonObject? config, string model)
    {
        if (config is null)
        {
            yield break;
        }

        if (config.ContainsKey("thinkingLevel") && config.ContainsKey("thinkingBudget"))
        {
            yield return "thinking_budget and thinking_level may not both be set.";
        }

        if (config.ContainsKey("thinkingLevel") && model.Contains("gemini-2", StringComparison.Ordinal))
        {
            yield return "Thinking level is not supported for this model.";
        }
    }

    private static IEnumerable<string> Tools(JsonObject body)
    {
        var names = new HashSet<string>();
        foreach (JsonNode? function in (body["tools"] as JsonArray ?? [])
            .SelectMany(tool => tool!["functionDeclarations"] as JsonArray ?? []))
        {
            string name = (string)function!["name"]!;
            if (!Name().IsMatch(name) || !names.Add(name))
            {
                yield return $"Invalid function name, or one that stands twice: {name}.";
            }
        }

        foreach (JsonNode? allowed in body["toolConfig"]?["functionCallingConfig"]?["allowedFunctionNames"] as JsonArray ?? [])
        {
            if (!names.Contains((string)allowed!))
            {
                yield return $"allowed_function_names holds {allowed}, which is not declared.";
            }
        }
    }

    private static IEnumerable<string> Turns(JsonArray contents, bool isSigned)
    {
        string? before = null;
        List<(string Id, string Name)> open = [];
        foreach (JsonNode? turn in contents)
        {
            string role = (string)turn!["role"]!;
            JsonObject[] parts = [.. turn["parts"]!.AsArray().OfType<JsonObject>()];
            if (role is not ("user" or "model") || role == before || (before is null && role == "model"))
            {
                yield return $"Please ensure that roles alternate, the user's first: {role} follows {before ?? "nothing"}.";
            }

            if (parts.Length == 0 || parts.Any(part => part.Count(field => PartKinds.Contains(field.Key)) != 1))
            {
                yield return "Each part holds one kind of data, and a turn at least one part.";
            }

            (string Id, string Name)[] answers = [.. Named(parts, "functionResponse")];
            if (role == "user" && !answers.Order().SequenceEqual(open.Order()))
            {
                yield return "The function responses of a turn are those of the calls of the turn before.";
            }

            open = [.. Named(parts, "functionCall")];
            JsonObject? first = parts.FirstOrDefault(part => part.ContainsKey("functionCall"));
            if (isSigned && first is not null && first["thoughtSignature"] is null)
            {
                yield return $"Function call `{first["functionCall"]!["name"]}` is missing a thought_signature.";
            }

            if (open.Exists(call => !Name().IsMatch(call.Name)))
            {
                yield return "Invalid function name in an earlier call.";
            }

            before = role;
        }
    }

    private static IEnumerable<(string Id, string Name)> Named(JsonObject[] parts, string kind) =>
        parts.Where(part => part.ContainsKey(kind))
            .Select(part => ((string?)part[kind]!["id"] ?? "", (string?)part[kind]!["name"] ?? ""));

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$")]
    private static partial Regex Name();
}
