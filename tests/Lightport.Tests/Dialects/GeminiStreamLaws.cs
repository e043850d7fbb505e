using System.Text.Json.Nodes;
using Lightport.Tests.Laws.Reading;

namespace Lightport.Tests.Dialects;

/// <summary>
/// Judges what a client of generateContent is told: chunks of one name and model, parts of a model's turn, one finish a
/// candidate and nothing behind it, usage at the end; or, at any point, one bare error and nothing after it.
/// </summary>
internal static class GeminiStreamLaws
{
    /// <returns>The law that a stream of events breaks; null for a lawful one.</returns>
    public static string? Broken(string text)
    {
        var finished = new HashSet<int>();
        string? identity = null;
        bool failed = false;
        bool usage = false;
        foreach (string line in text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0))
        {
            if (failed || line.StartsWith("{\"error\":", StringComparison.Ordinal))
            {
                if (failed || JsonNode.Parse(line)!["error"].Text("status") is null)
                {
                    return "something after the error, or one without a status";
                }

                failed = true;
                continue;
            }

            if (!line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return $"a line that is no data: {line}";
            }

            JsonObject chunk = JsonNode.Parse(line[6..])!.AsObject();
            string name = $"{chunk.Text("responseId")} {chunk.Text("modelVersion")}";
            if ((identity ??= name) != name || chunk.Text("responseId") is null || chunk.Text("modelVersion") is null)
            {
                return $"the name changed from {identity} to {name}";
            }

            if ((usage ? "a chunk after the usage" : Candidates(chunk, finished)) is { } breach)
            {
                return breach;
            }

            usage = chunk["usageMetadata"] is not null;
        }

        return failed ? null : finished.Count == 0 ? "no finish" : usage ? null : "no usage";
    }

    /// <returns>The law that a whole answer breaks; null for a lawful one.</returns>
    public static string? BrokenWhole(JsonObject body)
    {
        var finished = new HashSet<int>();
        return Candidates(body, finished)
            ?? (finished.Count == 0 || finished.Count < body.Items("candidates").Count() ? "a candidate without a finish"
            : body["usageMetadata"]?["totalTokenCount"] is null ? "no usage"
            : body.Text("responseId") is null || body.Text("modelVersion") is null ? "no responseId or modelVersion"
            : body.Items("candidates").Any(one => one["content"]!["parts"]!.AsArray().Count == 0) ? "no parts" : null);
    }

    private static string? Candidates(JsonObject chunk, HashSet<int> finished)
    {
        foreach (JsonObject candidate in chunk.Items("candidates"))
        {
            int index = (int)candidate["index"]!;
            if (finished.Contains(index))
            {
                return "something after a candidate's finish";
            }

            if (candidate["content"].Text("role") != "model" || candidate["content"]!["parts"] is not JsonArray parts)
            {
                return "a candidate without the content of a model";
            }

            if (parts.Any(part => part!["functionCall"] is { } call
                && (call.Text("name") is null || call["args"] is not JsonObject)))
            {
                return "a call without a name or arguments";
            }

            if (candidate.Text("finishReason") is not null)
            {
                finished.Add(index);
            }
        }

        return null;
    }
}
