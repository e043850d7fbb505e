using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;

namespace Lightport.Conformance.Upstreams.Gemini;

/// <summary>Writes answers of generateContent, whole and in chunks.</summary>
internal static class GeminiWriting
{
    public static JsonObject Whole(Reply reply, string model) =>
        Body(reply, model, [.. Parts(reply, inPieces: false)], isLast: true);

    /// <summary>Every part in a chunk of its own, a call never in pieces, the finish beside the last.</summary>
    public static IEnumerable<JsonObject> Chunks(Reply reply, string model)
    {
        JsonObject[] parts = [.. Parts(reply, inPieces: true)];
        foreach ((int place, JsonObject part) in parts.Index())
        {
            yield return Body(reply, model, [part], isLast: place == parts.Length - 1);
        }
    }

    private static IEnumerable<JsonObject> Parts(Reply reply, bool inPieces)
    {
        Answer answer = reply.Answer;
        foreach (string thought in Pieces(answer.Reasoning, inPieces))
        {
            yield return new JsonObject { ["text"] = thought, ["thought"] = true };
        }

        string[] texts = [.. Pieces(answer.Text, inPieces)];
        foreach ((int place, string text) in texts.Index())
        {
            var part = new JsonObject { ["text"] = text };
            Sign(part, answer.Calls.Count == 0 && place == texts.Length - 1);
            yield return part;
        }

        foreach ((int place, Call call) in answer.Calls.Index())
        {
            var part = new JsonObject
            {
                ["functionCall"] = new JsonObject { ["name"] = call.Name, ["args"] = call.Arguments.DeepClone() },
            };
            Sign(part, place == 0);
            yield return part;
        }

        void Sign(JsonObject part, bool isSigned)
        {
            if (isSigned && reply.State is not null)
            {
                part["thoughtSignature"] = reply.State;
            }
        }
    }

    private static IEnumerable<string> Pieces(string? text, bool inPieces) =>
        inPieces ? Reply.Halves(text) : text is null ? [] : [text];

    private static JsonObject Body(Reply reply, string model, JsonArray parts, bool isLast)
    {
        Answer answer = reply.Answer;
        var candidate = new JsonObject
        {
            ["content"] = new JsonObject { ["role"] = "model", ["parts"] = parts },
            ["index"] = 0,
        };
        if (isLast)
        {
            candidate["finishReason"] = answer.Ending switch
            {
                Ending.Length => "MAX_TOKENS",
                Ending.ContentFilter => "SAFETY",
                _ => "STOP",
            };
        }

        if (isLast && answer.Citations.Count > 0)
        {
            candidate["groundingMetadata"] = Grounding(answer);
        }

        return new JsonObject
        {
            ["candidates"] = new JsonArray(candidate),
            ["usageMetadata"] = Usage(answer.Usage),
            ["modelVersion"] = model,
            ["responseId"] = $"scripted{reply.Number}",
        };
    }

    private static JsonObject Grounding(Answer answer) => new()
    {
        ["groundingChunks"] = new JsonArray([.. answer.Citations.Select(citation => new JsonObject
        {
            ["web"] = new JsonObject { ["uri"] = citation.Url, ["title"] = citation.Title },
        })]),
        ["groundingSupports"] = new JsonArray([.. answer.Citations.Select((_, place) => new JsonObject
        {
            ["segment"] = new JsonObject { ["endIndex"] = answer.Text!.Length, ["text"] = answer.Text },
            ["groundingChunkIndices"] = new JsonArray(place),
        })]),
    };

    private static JsonObject Usage(Usage usage) => new()
    {
        ["promptTokenCount"] = usage.Prompt,
        ["cachedContentTokenCount"] = usage.Cached,
        ["candidatesTokenCount"] = usage.Output - usage.Reasoning,
        ["thoughtsTokenCount"] = usage.Reasoning,
        ["totalTokenCount"] = usage.Prompt + usage.Output,
    };
}
