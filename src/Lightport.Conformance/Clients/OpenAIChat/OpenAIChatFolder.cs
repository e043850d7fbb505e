using System.Text.Json.Nodes;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Clients.OpenAIChat;

/// <summary>Puts chunks together, and holds them to what OpenAI's own streams do.</summary>
internal sealed class OpenAIChatFolder
{
    private readonly Folding _folding = new();
    private readonly JsonObject _message = new() { ["role"] = null, ["content"] = null };
    private readonly JsonArray _calls = [];
    private string? _envelope;
    private string? _finish;
    private bool _isDone;
    private bool _hasUsage;

    public Folding Fold(IReadOnlyList<SseEvent> events)
    {
        JsonObject whole = _folding.Whole;
        foreach (SseEvent one in events)
        {
            _folding.Demand(!_isDone, "an event after [DONE]");
            if (one.Data == "[DONE]")
            {
                _isDone = true;
            }
            else if (one.Json is { } chunk)
            {
                Add(chunk, whole);
            }
            else
            {
                _folding.Demand(false, "an event that is no JSON");
            }
        }

        if (_calls.Count > 0)
        {
            _message["tool_calls"] = _calls;
        }

        whole["object"] = "chat.completion";
        whole["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0, ["message"] = _message, ["finish_reason"] = _finish,
        });
        _folding.IsEnded = _isDone || (_finish is not null && _folding.Error is null);
        _folding.Demand(!_folding.IsEnded || _isDone, "no [DONE] after a whole answer");
        _folding.Demand(!_isDone || _hasUsage, "usage was asked for and never came");
        return _folding;
    }

    private void Add(JsonObject chunk, JsonObject whole)
    {
        if (chunk.Object("error") is { } error)
        {
            _folding.Error = error.Text("message") ?? "";
            return;
        }

        string envelope = $"{chunk.Text("id")} {chunk["created"]} {chunk.Text("model")} {chunk.Text("object")}";
        _folding.Demand((_envelope ??= envelope) == envelope, "id, created or model change between chunks");
        _folding.Demand(chunk.Text("object") == "chat.completion.chunk", "object is not chat.completion.chunk");
        foreach (string field in (string[])["id", "created", "model"])
        {
            whole[field] ??= chunk[field]?.DeepClone();
        }

        JsonObject[] choices = [.. chunk.Items("choices")];
        if (chunk.Object("usage") is { } usage)
        {
            _folding.Demand(
                choices.Length == 0 && _finish is not null && !_hasUsage, "usage not in one last chunk alone");
            whole["usage"] = usage.DeepClone();
            _hasUsage = true;
        }

        foreach (JsonObject choice in choices)
        {
            Add(choice);
        }
    }

    private void Add(JsonObject choice)
    {
        JsonObject delta = choice.Object("delta") ?? [];
        bool isFirst = _message["role"] is null;
        _folding.Demand(isFirst == (delta.Text("role") == "assistant"), "role not in the first delta alone");
        _folding.Demand(_finish is null, "a choice after the finish");
        _message["role"] = "assistant";
        foreach (string field in (string[])["content", "reasoning_content", "refusal"])
        {
            _message.Append(field, delta.Text(field));
        }

        foreach (JsonObject call in delta.Items("tool_calls"))
        {
            AddCall(call);
        }

        foreach (string list in (string[])["annotations", "reasoning_details"])
        {
            AddItems(list, delta);
        }

        _finish = choice.Text("finish_reason") ?? _finish;
    }

    private void AddCall(JsonObject piece)
    {
        int index = (int)(piece.Count("index") ?? -1);
        JsonObject? function = piece.Object("function");
        if (index == _calls.Count)
        {
            _folding.Demand(
                !string.IsNullOrEmpty(piece.Text("id")) && piece.Text("type") == "function"
                    && !string.IsNullOrEmpty(function.Text("name")),
                "the first delta of a call without id, type or name");
            JsonObject first = piece.DeepClone().AsObject();
            first.Remove("index");
            _calls.Add(first);
            return;
        }

        bool isKnown = index >= 0 && index < _calls.Count;
        _folding.Demand(isKnown, "a call's index that is not counted from 0");
        _folding.Demand(piece.Text("id") is null && function.Text("name") is null, "a call's id or name said twice");
        if (isKnown)
        {
            _calls[index].Object("function")!.Append("arguments", function.Text("arguments"));
        }
    }

    /// <summary>Items of one index are one; the state of a thought comes after its words.</summary>
    private void AddItems(string list, JsonObject delta)
    {
        foreach (JsonObject item in delta.Items(list))
        {
            JsonArray items = _message.List(list);
            JsonObject? known = item["index"] is null ? null
                : items.OfType<JsonObject>().FirstOrDefault(one => one.Count("index") == item.Count("index"));
            if (known is null)
            {
                items.Add(item.DeepClone());
                continue;
            }

            foreach ((string name, JsonNode? value) in item)
            {
                if (name is "text" or "summary")
                {
                    known.Append(name, item.Text(name));
                }
                else
                {
                    known[name] = value?.DeepClone() ?? known[name]?.DeepClone();
                }
            }
        }
    }
}
