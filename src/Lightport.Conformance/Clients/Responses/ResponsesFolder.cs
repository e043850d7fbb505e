using System.Text.Json.Nodes;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Clients.Responses;

/// <summary>
/// Follows the events of a response and holds them together: what was added is done once, what came in pieces is what
/// stands in the end.
/// </summary>
internal sealed class ResponsesFolder
{
    private readonly Folding _folding = new();
    private readonly SortedDictionary<long, JsonObject> _done = [];
    private readonly HashSet<long> _open = [];
    private readonly Dictionary<string, string> _pieces = [];
    private int _next;

    public Folding Fold(IReadOnlyList<SseEvent> events)
    {
        foreach (SseEvent one in events)
        {
            JsonObject data = one.Json ?? [];
            string type = data.Text("type") ?? "";
            _folding.Demand(one.Name is null || one.Name == type, "an event whose name is not its type");
            _folding.Demand(data.Count("sequence_number") == _next++, "sequence_number does not rise by one");
            _folding.Demand(!_folding.IsEnded && _folding.Error is null, "an event after the last");
            Add(type, data);
        }

        return _folding;
    }

    private void Add(string type, JsonObject data)
    {
        long index = data.Count("output_index") ?? -1;
        string place = $"{index} {data.Count("content_index")} {data.Count("summary_index")}";
        switch (type)
        {
            case "response.output_item.added":
                _folding.Demand(index == _done.Count + _open.Count && _open.Add(index), "output_index out of order");
                break;
            case "response.output_item.done":
                _folding.Demand(_open.Remove(index), "an item is done that was never added");
                _done[index] = data.Object("item") ?? [];
                break;
            case "response.completed" or "response.incomplete":
                End(data.Object("response") ?? []);
                break;
            case "response.failed":
                _folding.Error = data.Object("response").Object("error").Text("message") ?? "";
                break;
            case "error":
                _folding.Error = data.Text("message") ?? data.Object("error").Text("message") ?? "";
                break;
            case var _ when type.EndsWith(".delta", StringComparison.Ordinal):
                string kind = type[..^".delta".Length];
                _folding.Demand(_open.Contains(index), "a delta of no open item");
                _pieces[$"{kind} {place}"] = _pieces.GetValueOrDefault($"{kind} {place}") + data.Text("delta");
                break;
            case var _ when type.EndsWith(".done", StringComparison.Ordinal)
                && (data.Text("text") ?? data.Text("arguments") ?? data.Text("refusal")) is { } all:
                string pieces = _pieces.GetValueOrDefault($"{type[..^".done".Length]} {place}", "");
                _folding.Demand(pieces == all, "what is done is not what came in pieces");
                break;
        }
    }

    private void End(JsonObject response)
    {
        JsonNode[] output = [.. response.Items("output")];
        _folding.Demand(_open.Count == 0, "an item that was added is never done");
        _folding.Demand(
            output.Length == _done.Count
                && output.Zip(_done.Values).All(pair => JsonNode.DeepEquals(pair.First, pair.Second)),
            "the last snapshot does not hold the items that were done");
        _folding.Whole = response;
        _folding.IsEnded = true;
    }
}
