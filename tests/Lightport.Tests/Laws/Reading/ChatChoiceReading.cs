using System.Text.Json.Nodes;

namespace Lightport.Tests.Laws.Reading;

/// <summary>Puts one choice together from its deltas, or reads it from its message.</summary>
internal sealed class ChatChoiceReading(int index)
{
    private readonly List<ToldPart> _parts = [];
    private readonly List<(string? Owner, string Data)> _states = [];
    private readonly List<JsonObject> _annotations = [];
    private readonly List<ChatCallReading> _calls = [];
    private string? _finish;
    private bool _hasPlain;

    public void Add(JsonObject choice, bool isStream)
    {
        JsonNode? said = isStream ? choice["delta"] ?? choice["message"] : choice["message"] ?? choice["delta"];
        AddThought(said, isStream);
        Add(ToldPart.Words, choice.Text("text") ?? said.Text("content"));
        AddCalls(said);
        AddContentParts(said);
        Add(ToldPart.Refusal, said.Text("refusal"));
        Add(ToldPart.Audio, said is JsonObject fields ? fields["audio"].Text("transcript") : null);
        foreach (string list in new[] { "images", "executed_tools" })
        {
            _parts.AddRange(said.Items(list).Select(item => new ToldPart(list, item.ToJsonString())));
        }

        _annotations.AddRange(said.Items("annotations"));
        _finish ??= choice.Text("finish_reason");
    }

    public ToldChoice End(ToldCitation[] sources)
    {
        ToldPart[] parts = [.. _parts.Select(part => part.Kind == ToldPart.Call ? Call(part) : part)];
        string content = string.Concat(parts.Where(part => part.Kind == ToldPart.Words).Select(part => part.Text));
        string?[] ids = [.. _calls.Select(call => call.Id)];
        return new ToldChoice(
            index,
            Words.Finish(_finish, _calls.Count > 0),
            ToldPart.Join(parts),
            [.. _states.Where(state => state.Owner is null || !ids.Contains(state.Owner)).Select(state => state.Data)],
            [
                .. _states.Where(state => state.Owner is not null && ids.Contains(state.Owner))
                    .Select(state => state.Data),
                .. _calls.Select(call => call.State).OfType<string>(),
            ],
            _annotations.Count > 0 ? [.. _annotations.Select(item => Citation(item, content))] : sources);
    }

    private static ToldCitation Citation(JsonObject annotation, string content)
    {
        JsonObject inner = annotation["url_citation"] as JsonObject ?? annotation;
        int start = (int?)inner["start_index"] ?? 0;
        int end = (int?)inner["end_index"] ?? 0;
        string? span = 0 <= start && start < end && end <= content.Length ? content[start..end] : null;
        return new ToldCitation(inner.Text("url"), inner.Text("title"), span);
    }

    private ToldPart Call(ToldPart place)
    {
        ChatCallReading call = _calls[int.Parse(place.Text, System.Globalization.CultureInfo.InvariantCulture)];
        return new ToldPart(ToldPart.Call, call.Arguments, call.Id, call.Name);
    }

    private void Add(string kind, string? text) => _parts.Add(new ToldPart(kind, text ?? ""));

    /// <summary>
    /// Details say what the plain fields say and hold the state besides. In a stream they may come with the plain words,
    /// or repeat the whole of them later.
    /// </summary>
    private void AddThought(JsonNode? said, bool isStream)
    {
        string plain = said.Text("reasoning_content") ?? said.Text("reasoning") ?? "";
        string detailed = "";
        foreach (JsonObject detail in said.Items("reasoning_details"))
        {
            detailed += detail.Text("text") ?? detail.Text("summary");
            if ((detail.Text("data") ?? detail.Text("signature")) is { } state)
            {
                _states.Add((detail.Text("id"), state));
            }
        }

        _hasPlain |= plain.Length > 0;
        bool usesPlain = detailed.Length == 0 || (isStream && _hasPlain);
        Add(ToldPart.Thinking, usesPlain ? plain : detailed);
    }

    /// <summary>Mistral's content is a list while the model thinks.</summary>
    private void AddContentParts(JsonNode? said)
    {
        foreach (JsonObject part in said.Items("content"))
        {
            if (part.Text("type") == "thinking")
            {
                Add(ToldPart.Thinking, part.Text("thinking")
                    ?? string.Concat(part.Items("thinking").Select(piece => piece.Text("text"))));
            }
            else
            {
                Add(part.Text("type") == "text" ? ToldPart.Words : part.Text("type") ?? "unknown", part.Text("text"));
            }
        }
    }

    private void AddCalls(JsonNode? said)
    {
        foreach (JsonObject call in said.Items("tool_calls"))
        {
            AddCall(call, call["function"] as JsonObject ?? call["custom"] as JsonObject ?? call, (int?)call["index"]);
        }

        if (said is JsonObject fields && fields["function_call"] is JsonObject legacy)
        {
            AddCall([], legacy, 0);
        }
    }

    /// <summary>A piece belongs to the call of its number; without one to that of its id, or to the last.</summary>
    private void AddCall(JsonObject call, JsonObject function, int? number)
    {
        string? id = call.Text("id");
        string? name = function.Text("name");
        ChatCallReading? found = number is not null ? _calls.FindLast(one => one.Number == number)
            : id is not null ? _calls.Find(one => one.Id == id)
            : name is null ? _calls.LastOrDefault()
            : null;
        if (found is null || (name is not null && id is not null && found.Id is not null && found.Id != id))
        {
            Add(ToldPart.Call, _calls.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            _calls.Add(found = new ChatCallReading(number));
        }

        found.Add(id, name, function, call["extra_content"]?["google"].Text("thought_signature"));
    }
}
