using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Reads the turns of a request, in the order they stand.</summary>
internal sealed class OpenAIChatMessageDecoder(RequestFields fields)
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        "role", "content", "name", "tool_calls", "tool_call_id", "function_call", "refusal", "audio", "cache_control",
        OpenAIChatWire.ReasoningContent, OpenAIChatWire.Reasoning, OpenAIChatWire.ReasoningDetails);

    /// <summary>What a turn that is not the model's is read for.</summary>
    private static readonly FrozenSet<string> KnownOfOthers =
        FrozenSet.Create("role", "content", "name", "tool_calls", "tool_call_id", "cache_control");

    private static readonly FrozenSet<string> KnownOfCall =
        FrozenSet.Create("id", "type", "index", "function", "custom", OpenAIChatWire.ExtraContent);

    private static readonly FrozenSet<string> KnownOfFunction = FrozenSet.Create("name", "arguments", "input");

    /// <summary>A role and a content, and nothing else to look for: most turns are so.</summary>
    private const int PlainFields = 2;

    private readonly OpenAIChatContentDecoder _content = new(fields);

    /// <summary>
    /// Ids given to calls of the old <c>function_call</c> kind, which has none, by the function's name.
    /// </summary>
    private Dictionary<string, string>? _functionCallIds;

    public IReadOnlyList<Message> Decode()
    {
        JsonElement list = fields.Required(fields.Root, "messages");
        var messages = new List<Message>();
        foreach (JsonElement element in fields.Items("messages"))
        {
            messages.Add(Decode(element, messages.Count));
        }

        return messages.Count > 0 ? messages : throw fields.Wrong(list, "must hold at least one message");
    }

    private Message Decode(JsonElement element, int index)
    {
        fields.Tally.AddMessage();
        string word = fields.RequiredText(element, "role");
        if (element.GetPropertyCount() == PlainFields && PlainRole(word) is { } speaker
            && fields.Find(element, "content") is { } content)
        {
            return new Message(speaker, _content.Decode(content));
        }

        (Role role, List<ContentPart> parts) = word switch
        {
            "system" => (Role.System, _content.Required(element)),
            "developer" => (Role.Developer, _content.Required(element)),
            "user" => (Role.User, _content.Required(element)),
            "assistant" => (Role.Assistant, Assistant(element, index)),
            "tool" => (Role.Tool, [Result(element, fields.RequiredText(element, "tool_call_id"))]),
            "function" => (Role.Tool, [Result(element, FunctionCallId(fields.RequiredText(element, "name")))]),
            _ => throw fields.Wrong(
                element.GetProperty("role"), "must be system, developer, user, assistant, tool or function"),
        };
        if (role != Role.Assistant && fields.Items(element, "tool_calls").MoveNext())
        {
            throw fields.Wrong(element.GetProperty("tool_calls"), "must stand in an assistant message");
        }

        MarkCache(element, parts);
        return new Message(role, parts)
        {
            Name = word == "function" ? null : fields.Text(element, "name"),
            Extensions = fields.Others(element, role == Role.Assistant ? Known : KnownOfOthers),
        };
    }

    /// <summary>Who speaks in turns that may have nothing but what is said; null where there must be more.</summary>
    private static Role? PlainRole(string word) => word switch
    {
        "system" => Role.System,
        "developer" => Role.Developer,
        "user" => Role.User,
        "assistant" => Role.Assistant,
        _ => null,
    };

    private ToolResultPart Result(JsonElement element, string callId) => new(callId, _content.Optional(element));

    private List<ContentPart> Assistant(JsonElement element, int index)
    {
        List<ContentPart> parts = OpenAIChatReasoning.Decode(element);
        parts.AddRange(_content.Optional(element));
        if (fields.Text(element, "refusal") is { Length: > 0 } refusal)
        {
            parts.Add(new RefusalPart(refusal));
        }

        if (fields.Object(element, "audio") is { } audio)
        {
            string id = fields.RequiredText(audio, "id");
            parts.Add(new AudioPart(MediaSource.FromFileId(id)) { Id = id });
        }

        var states = new OpenAIChatCallStates(element.ItemsOf(OpenAIChatWire.ReasoningDetails));
        foreach (JsonElement call in fields.Items(element, "tool_calls"))
        {
            fields.Tally.AddPart();
            parts.Add(Call(call, states) with { Extensions = OthersOf(call) });
        }

        if (fields.Object(element, "function_call") is { } legacy)
        {
            string name = fields.RequiredText(legacy, "name");
            string id = string.Create(CultureInfo.InvariantCulture, $"call_function_{index}");
            (_functionCallIds ??= [])[name] = id;
            parts.Add(new ToolCallPart(id, name, Arguments(legacy)) { HasMadeId = true });
        }

        return parts;
    }

    private ToolCallPart Call(JsonElement call, OpenAIChatCallStates states)
    {
        string id = fields.RequiredText(call, "id");
        OpaqueState? state = states.Of(id) ?? OpenAIChatCallStates.Inside(call.ValueOf(OpenAIChatWire.ExtraContent));
        if (fields.Text(call, "type") == "custom")
        {
            JsonElement custom = fields.Required(call, "custom");
            string input = fields.Text(custom, "input") ?? "";
            return new ToolCallPart(id, fields.RequiredText(custom, "name"), input)
            {
                Kind = ToolKind.Custom,
                State = state,
            };
        }

        JsonElement function = fields.Required(call, "function");
        return new ToolCallPart(id, fields.RequiredText(function, "name"), Arguments(function)) { State = state };
    }

    /// <summary>What a call has beside what is read, in itself and in what it calls.</summary>
    private IReadOnlyList<Extension> OthersOf(JsonElement call)
    {
        IReadOnlyList<Extension> others = fields.Others(call, KnownOfCall);
        IReadOnlyList<Extension> inner =
            fields.Object(call, fields.Text(call, "type") == "custom" ? "custom" : "function") is { } called
                ? fields.Others(called, KnownOfFunction)
                : [];
        return inner.Count == 0 ? others : [.. others, .. inner];
    }

    private string Arguments(JsonElement function) => fields.Find(function, "arguments") switch
    {
        null => "{}",
        { ValueKind: JsonValueKind.Object } value => value.GetRawText(),
        { } value => fields.Text(value) is { Length: > 0 } text && !string.IsNullOrWhiteSpace(text) ? text : "{}",
    };

    private string FunctionCallId(string name) =>
        _functionCallIds?.GetValueOrDefault(name) ?? "call_function_" + name;

    /// <summary>A mark on the whole message is one on its last part.</summary>
    private void MarkCache(JsonElement element, List<ContentPart> parts)
    {
        if (parts.Count > 0 && CacheMark.Of(fields, element) is { } cache)
        {
            parts[^1] = parts[^1] with { Cache = cache };
        }
    }
}
