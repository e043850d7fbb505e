using System.Text;
using System.Text.Json.Nodes;

namespace Lightport.Tests.Laws.Reading;

/// <summary>Puts one candidate together from its chunks.</summary>
internal sealed class GeminiChoiceReading(int index)
{
    private readonly List<ToldPart> _parts = [];
    private readonly List<string> _states = [];
    private readonly List<string> _callStates = [];
    private readonly List<ToldCitation> _citations = [];
    private string? _finish;

    public void Add(JsonObject candidate)
    {
        foreach (JsonObject part in candidate["content"].Items("parts"))
        {
            _parts.Add(Part(part));
            if (Words.Signature(part.Text("thoughtSignature")) is { } signature && _parts[^1].Kind is { } kind)
            {
                // What a part of Google's own holds goes with that part.
                (kind == ToldPart.Call ? _callStates : kind is ToldPart.Words or ToldPart.Thinking ? _states : [])
                    .Add(signature);
            }
        }

        AddCitations(candidate["groundingMetadata"]);
        _finish = candidate.Text("finishReason") ?? _finish;
    }

    public ToldChoice End()
    {
        bool calls = _parts.Exists(part => part.Kind == ToldPart.Call);
        return new ToldChoice(
            index, Words.Finish(_finish, calls), ToldPart.Join(_parts), _states, _callStates, _citations);
    }

    private static ToldPart Part(JsonObject part)
    {
        if (part["functionCall"] is JsonObject call)
        {
            return new ToldPart(
                ToldPart.Call,
                Words.Arguments(call["args"] is JsonObject arguments ? arguments.ToJsonString() : ""),
                call.Text("id"),
                call.Text("name"));
        }

        return part.ContainsKey("text") || part.All(field => field.Key == "thoughtSignature")
            ? new ToldPart((bool?)part["thought"] == true ? ToldPart.Thinking : ToldPart.Words, part.Text("text") ?? "")
            : new ToldPart(part.First(field => field.Key != "thoughtSignature").Key, part.ToJsonString());
    }

    private void AddCitations(JsonNode? grounding)
    {
        JsonObject[] chunks = [.. grounding.Items("groundingChunks")];
        JsonObject[] supports = [.. grounding.Items("groundingSupports")];
        foreach (JsonObject support in supports)
        {
            foreach (JsonNode? place in support["groundingChunkIndices"] as JsonArray ?? [])
            {
                _citations.Add(Citation(chunks[(int)place!], Span(support["segment"])));
            }
        }

        if (supports.Length == 0)
        {
            _citations.AddRange(chunks.Select(chunk => Citation(chunk, null)));
        }
    }

    /// <summary>The words that a segment is of; null where its bytes are elsewhere in the text.</summary>
    private string? Span(JsonNode? segment)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(
            _parts.Where(part => part.Kind == ToldPart.Words).Select(part => part.Text)));
        int start = (int?)segment?["startIndex"] ?? 0;
        int end = (int?)segment?["endIndex"] ?? 0;
        string? words = segment.Text("text");
        return end <= text.Length && Encoding.UTF8.GetString(text[start..end]) == words ? words : null;
    }

    private static ToldCitation Citation(JsonObject chunk, string? span)
    {
        JsonNode? source = chunk["web"] ?? chunk["retrievedContext"] ?? chunk["maps"];
        return new ToldCitation(source.Text("uri"), source.Text("title"), span);
    }
}
