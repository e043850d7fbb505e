using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.Gemini;

/// <summary>What Google answers 400 to.</summary>
internal static partial class GeminiRules
{
    /// <summary>What stands in for a signature that was lost.</summary>
    private const string Skip = "skip_thought_signature_validator";

    private static readonly HashSet<string> Fields =
    [
        "contents", "systemInstruction", "tools", "toolConfig", "generationConfig", "safetySettings", "cachedContent",
        "labels",
    ];

    private static readonly HashSet<string> ConfigFields =
    [
        "stopSequences", "maxOutputTokens", "temperature", "topP", "topK", "candidateCount", "responseMimeType",
        "responseSchema", "responseJsonSchema", "seed", "presencePenalty", "frequencyPenalty", "thinkingConfig",
        "responseModalities", "mediaResolution",
    ];

    private static readonly string[] Data =
        ["text", "inlineData", "fileData", "functionCall", "functionResponse", "executableCode", "codeExecutionResult"];

    public static IEnumerable<string> Complaints(JsonObject body, IReadOnlyCollection<string> issued)
    {
        JsonObject config = body.Object("generationConfig") ?? [];
        foreach (string field in body.Select(field => field.Key).Where(field => !Fields.Contains(field))
            .Concat(config.Select(field => field.Key).Where(field => !ConfigFields.Contains(field))))
        {
            yield return $"Invalid JSON payload received. Unknown name \"{field}\": Cannot find field.";
        }

        if (config["responseJsonSchema"] is not null && config.Text("responseMimeType") != "application/json")
        {
            yield return "responseJsonSchema needs responseMimeType application/json.";
        }

        foreach (JsonObject tool in body.Items("tools").SelectMany(tool => tool.Items("functionDeclarations")))
        {
            if (!NamePattern().IsMatch(tool.Text("name") ?? ""))
            {
                yield return $"Invalid function name {tool.Text("name")}.";
            }
        }

        foreach (string complaint in Contents(body).Concat(Signatures(body, issued)))
        {
            yield return complaint;
        }
    }

    private static IEnumerable<string> Contents(JsonObject body)
    {
        string?[] open = [];
        string? before = null;
        foreach ((int place, JsonObject content) in body.Items("contents").Index())
        {
            string? role = content.Text("role");
            JsonObject[] parts = [.. content.Items("parts")];
            if (role == before || role != (place % 2 == 0 ? "user" : "model") || parts.Length == 0)
            {
                yield return $"contents[{place}]: {role} after {before}, with {parts.Length} parts.";
            }

            if (parts.Any(part => part.Count(field => Data.Contains(field.Key)) != 1))
            {
                yield return $"contents[{place}].parts: exactly one of the data fields must be set.";
            }

            string?[] answered = [.. parts.Select(part => part.Object("functionResponse")).OfType<JsonObject>()
                .Select(response => response.Text("name"))];
            if (!answered.Order(StringComparer.Ordinal).SequenceEqual(open.Order(StringComparer.Ordinal)))
            {
                yield return "The number of function response parts must equal that of the function call parts.";
            }

            open = [.. parts.Select(part => part.Object("functionCall")).OfType<JsonObject>()
                .Select(call => call.Text("name"))];
            before = role;
        }
    }

    /// <summary>A call of the turn that is going on needs its signature, the first of parallel ones.</summary>
    private static IEnumerable<string> Signatures(JsonObject body, IReadOnlyCollection<string> issued)
    {
        JsonObject[] contents = [.. body.Items("contents")];
        foreach (string signature in contents.SelectMany(content => content.Items("parts"))
            .Select(part => part.Text("thoughtSignature")).OfType<string>())
        {
            if (signature != Skip && !issued.Contains(signature))
            {
                yield return "Thought signature is not valid.";
            }
        }

        int turn = Array.FindLastIndex(contents, content =>
            content.Text("role") == "user" && content.Items("parts").Any(part => part["functionResponse"] is null));
        foreach (JsonObject content in contents[(turn + 1)..])
        {
            JsonObject? first = content.Items("parts").FirstOrDefault(part => part["functionCall"] is not null);
            if (first is not null && first.Text("thoughtSignature") is null)
            {
                yield return $"Call {first.Object("functionCall").Text("name")} is missing a thought_signature.";
            }
        }
    }

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$")]
    private static partial Regex NamePattern();
}
