using System.Text.Json.Nodes;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Clients.Gemini;

/// <summary>Puts chunks together: texts grow, other parts follow each other, all else is as it was last told.</summary>
internal sealed class GeminiFolder
{
    private readonly Folding _folding = new();
    private readonly JsonArray _parts = [];
    private readonly JsonObject _candidate = new() { ["index"] = 0 };

    public Folding Fold(IReadOnlyList<SseEvent> events)
    {
        JsonObject whole = _folding.Whole;
        foreach (SseEvent one in events)
        {
            JsonObject chunk = one.Json ?? [];
            _folding.Demand(_folding.Error is null, "a chunk after an error");
            if (chunk.Object("error") is { } error)
            {
                _folding.Error = error.Text("message") ?? "";
                continue;
            }

            foreach (JsonObject candidate in chunk.Items("candidates"))
            {
                Add(candidate);
            }

            foreach (string field in (string[])["usageMetadata", "modelVersion", "responseId"])
            {
                whole[field] = chunk[field]?.DeepClone() ?? whole[field]?.DeepClone();
            }
        }

        _candidate["content"] = new JsonObject { ["role"] = "model", ["parts"] = _parts };
        whole["candidates"] = new JsonArray(_candidate);
        _folding.IsEnded = _candidate["finishReason"] is not null && _folding.Error is null;
        return _folding;
    }

    private void Add(JsonObject candidate)
    {
        _folding.Demand(_candidate["finishReason"] is null || candidate.Object("content").Items("parts").All(IsEmpty),
            "a part after the finish");
        foreach (JsonObject part in candidate.Object("content").Items("parts"))
        {
            AddPart(part);
        }

        foreach (string field in (string[])["finishReason", "groundingMetadata"])
        {
            _candidate[field] = candidate[field]?.DeepClone() ?? _candidate[field]?.DeepClone();
        }
    }

    /// <summary>Texts of a kind are one as long as none of them is signed.</summary>
    private void AddPart(JsonObject part)
    {
        JsonObject? last = _parts.LastOrDefault() as JsonObject;
        if (last?.Text("text") is not null && last["thoughtSignature"] is null && part.Text("text") is { } text
            && (bool?)last["thought"] == (bool?)part["thought"])
        {
            last.Append("text", text);
            if (part["thoughtSignature"] is { } signature)
            {
                last["thoughtSignature"] = signature.DeepClone();
            }

            return;
        }

        _parts.Add(part.DeepClone());
    }

    private static bool IsEmpty(JsonObject part) => part.Text("text") == "";
}
