using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Clients.Gemini;

/// <summary>Reads an answer of generateContent.</summary>
internal static class GeminiReading
{
    private static readonly string[] Filters = ["SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "RECITATION", "SPII"];

    public static IEnumerable<string> Broken(JsonObject whole)
    {
        JsonObject? candidate = whole.Items("candidates").FirstOrDefault();
        JsonObject? content = candidate.Object("content");
        if (content.Text("role") != "model" || content?["parts"] is not JsonArray parts)
        {
            yield return "no candidate with the content of a model";
            yield break;
        }

        if (Finish(candidate.Text("finishReason"), false) is null)
        {
            yield return $"finishReason is {candidate.Text("finishReason")}";
        }

        if (parts.OfType<JsonObject>().Any(part => part.Object("functionCall") is { } call
            && (string.IsNullOrEmpty(call.Text("name")) || call["args"] is not (null or JsonObject))))
        {
            yield return "a call without a name, or whose args are no object";
        }

        if (parts.OfType<JsonObject>().Any(part => part.Text("thoughtSignature") is { } state
            && !Convert.TryFromBase64String(state, new byte[state.Length], out _)))
        {
            yield return "a thoughtSignature that is no base64";
        }

        if (whole.Object("usageMetadata").Count("totalTokenCount") is null)
        {
            yield return "no usageMetadata";
        }
    }

    public static Told Tell(JsonObject whole)
    {
        JsonObject? candidate = whole.Items("candidates").FirstOrDefault();
        JsonObject[] parts = [.. candidate.Object("content").Items("parts")];
        ToldCall[] calls = [.. parts.Select(part => part.Object("functionCall")).OfType<JsonObject>()
            .Select(call => new ToldCall(call.Text("id") ?? "", call.Text("name") ?? "", call.Object("args") ?? []))];
        var facts = new FactList();
        facts.Add(Subjects.Reasoning, string.Concat(parts.Where(IsThought).Select(part => part.Text("text"))));
        facts.Add(
            Subjects.Text, string.Concat(parts.Where(part => !IsThought(part)).Select(part => part.Text("text"))));
        foreach (ToldCall call in calls)
        {
            facts.AddCall(call.Name, call.Arguments);
        }

        foreach (JsonObject page in candidate.Object("groundingMetadata").Items("groundingChunks")
            .Select(chunk => chunk.Object("web")).OfType<JsonObject>())
        {
            facts.Add(Subjects.Citation, $"{page.Text("uri")} {page.Text("title")}");
        }

        string? finish = Finish(candidate.Text("finishReason"), calls.Length > 0);
        return new Told([.. facts], calls, finish, Usage(whole.Object("usageMetadata")))
        {
            Order = Told.OrderOf(parts.Select(Subject)),
        };
    }

    private static string? Subject(JsonObject part) => part.Object("functionCall") is not null ? Subjects.Call
        : part.Text("text") is not { Length: > 0 } ? null
        : IsThought(part) ? Subjects.Reasoning : Subjects.Text;

    public static string? Finish(string? reason, bool hasCalls) => reason switch
    {
        "STOP" => hasCalls ? Told.CallsMade : Told.Stop,
        "MAX_TOKENS" => Told.Length,
        not null when Filters.Contains(reason) => Told.Filter,
        _ => null,
    };

    private static bool IsThought(JsonObject part) => (bool?)part["thought"] == true;

    private static Usage? Usage(JsonObject? usage)
    {
        if (usage?.Count("promptTokenCount") is not { } prompt)
        {
            return null;
        }

        long thought = usage.Count("thoughtsTokenCount") ?? 0;
        return new Usage(
            prompt,
            usage.Count("cachedContentTokenCount") ?? 0,
            (usage.Count("candidatesTokenCount") ?? 0) + thought,
            thought);
    }
}
