using System.Text.Json.Nodes;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Clients.Messages;

/// <summary>
/// Puts events together, and holds them to their order
/// (https://platform.claude.com/docs/en/build-with-claude/streaming).
/// </summary>
internal sealed class MessagesFolder
{
    private readonly Folding _folding = new();
    private JsonObject? _block;
    private string _input = "";
    private int _blocks;
    private bool _isStopped;

    public Folding Fold(IReadOnlyList<SseEvent> events)
    {
        foreach (SseEvent one in events)
        {
            JsonObject data = one.Json ?? [];
            string type = data.Text("type") ?? "";
            _folding.Demand(one.Name == type, "an event whose name is not its type");
            _folding.Demand(!_folding.IsEnded, "an event after message_stop");
            _folding.Demand(_folding.Error is null, "an event after an error");
            Add(type, data);
        }

        return _folding;
    }

    private void Add(string type, JsonObject data)
    {
        switch (type)
        {
            case "message_start":
                _folding.Demand(_folding.Whole.Count == 0, "a second message_start");
                _folding.Whole = data.Object("message")?.DeepClone().AsObject() ?? [];
                _folding.Whole["content"] = new JsonArray();
                break;
            case "content_block_start":
                _folding.Demand(_block is null && data.Count("index") == _blocks, "a block out of order");
                _block = data.Object("content_block")?.DeepClone().AsObject() ?? [];
                _input = "";
                break;
            case "content_block_delta":
                _folding.Demand(_block is not null && data.Count("index") == _blocks, "a delta of no block");
                AddDelta(data.Object("delta") ?? []);
                break;
            case "content_block_stop":
                _folding.Demand(_block is not null && data.Count("index") == _blocks, "a stop of no block");
                EndBlock();
                break;
            case "message_delta":
                _folding.Demand(_block is null && !_isStopped, "message_delta inside a block, or twice");
                Stop(data);
                break;
            case "message_stop":
                _folding.Demand(_isStopped, "message_stop without message_delta");
                _folding.IsEnded = true;
                break;
            case "error":
                _folding.Error = data.Object("error").Text("message") ?? "";
                break;
            case "ping":
                break;
            default:
                _folding.Demand(false, $"an event of type '{type}'");
                break;
        }
    }

    private void AddDelta(JsonObject delta)
    {
        _input += delta.Text("partial_json");
        if (_block is null)
        {
            return;
        }

        _folding.Demand(
            string.IsNullOrEmpty(_block.Text("signature")), "a delta after the signature, which ends its block");
        _block.Append("text", delta.Text("text"));
        _block.Append("thinking", delta.Text("thinking"));
        if (delta.Text("signature") is { } signature)
        {
            _block["signature"] = signature;
        }

        if (delta.Object("citation") is { } citation)
        {
            _block.List("citations").Add(citation.DeepClone());
        }
    }

    private void EndBlock()
    {
        if (_block is null)
        {
            return;
        }

        if (_block.Text("type") == "tool_use")
        {
            JsonObject? input = JsonReading.Parse(_input.Length > 0 ? _input : "{}");
            _folding.Demand(input is not null, "a call whose input is no JSON");
            _block["input"] = input;
        }

        _folding.Whole.List("content").Add(_block);
        _block = null;
        _blocks++;
    }

    /// <summary>Counts are cumulative; what is left out stays as it was.</summary>
    private void Stop(JsonObject data)
    {
        _isStopped = true;
        foreach ((string name, JsonNode? value) in data.Object("delta") ?? [])
        {
            _folding.Whole[name] = value?.DeepClone();
        }

        JsonObject usage = _folding.Whole.Object("usage") ?? [];
        foreach ((string name, JsonNode? value) in data.Object("usage") ?? [])
        {
            usage[name] = value?.DeepClone() ?? usage[name]?.DeepClone();
        }

        _folding.Whole["usage"] = usage.DeepClone();
    }
}
