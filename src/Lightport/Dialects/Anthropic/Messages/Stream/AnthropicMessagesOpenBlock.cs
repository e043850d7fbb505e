using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>The block of a streamed answer that is being told, from its start to its stop.</summary>
internal sealed class AnthropicMessagesOpenBlock
{
    private readonly AnswerParts _parts = new(choice: 0);
    private readonly StringBuilder _held = new();
    private Kind _kind;
    private int _call;
    private bool _hasInput;

    /// <summary>What the start of a server tool's call already says that it is called with.</summary>
    private string _input = "";
    private OpaqueState? _state;
    private string? _encrypted;
    private JsonElement _start;

    private enum Kind
    {
        None,
        Text,
        Thinking,
        Redacted,
        Call,
        ServerCall,
        Opaque,
    }

    /// <exception cref="JsonException">The block is malformed.</exception>
    public void Open(ReadOnlySpan<byte> json, List<StreamEvent> events)
    {
        Close(events);
        if (json.IsEmpty)
        {
            return;
        }

        // Once a block, so that a whole parse costs little; what comes often are the deltas.
        _start = ProviderJson.Parse(json);
        _held.Clear();
        (_hasInput, _state, _encrypted) = (false, null, null);
        switch (Text("type"))
        {
            case "text":
                _kind = Kind.Text;
                Tell(Text("text"), events);
                foreach (Citation citation in AnthropicMessagesCitations.Decode(_start))
                {
                    _parts.Cite(citation, events);
                }

                break;
            case "thinking":
                _kind = Kind.Thinking;
                _state = AnthropicMessagesReasoning.ReadSlot(Text("signature"), redacted: false);
                Think(Text("thinking"), events);
                break;
            case "redacted_thinking":
                _kind = Kind.Redacted;
                _state = AnthropicMessagesReasoning.ReadSlot(Text("data"), redacted: true);
                break;
            case "tool_use":
                _kind = Kind.Call;
                _call = _parts.Begin(new ToolCallPart(Text("id") ?? "", Text("name") ?? "", ""), events);
                break;
            case { } type when AnthropicMessagesServerTools.IsCall(type):
                _kind = Kind.ServerCall;
                var call = (ServerToolCallPart)AnthropicMessagesServerTools.Read(type, _start);
                _input = call.Arguments;
                _call = _parts.Begin(call with { Arguments = "" }, events);
                break;
            default:
                _kind = Kind.Opaque;
                break;
        }
    }

    public void Add(AnthropicMessagesDelta delta, List<StreamEvent> events)
    {
        if (delta.Type.SequenceEqual("text_delta"u8))
        {
            Tell(delta.Text, events);
        }
        else if (delta.Type.SequenceEqual("input_json_delta"u8))
        {
            AddJson(delta.Text, events);
        }
        else if (delta.Type.SequenceEqual("thinking_delta"u8))
        {
            Think(delta.Text, events);
        }
        else if (delta.Type.SequenceEqual("signature_delta"u8))
        {
            _state = AnthropicMessagesReasoning.ReadSlot(delta.Text, redacted: false);
        }
        else if (delta.Type.SequenceEqual("citations_delta"u8) && !delta.Citation.IsEmpty)
        {
            _parts.Cite(AnthropicMessagesCitations.DecodeOne(ProviderJson.Parse(delta.Citation)), events);
        }
        else if (delta.Type.SequenceEqual("compaction_delta"u8))
        {
            _held.Append(delta.Text);
            _encrypted = delta.EncryptedContent ?? _encrypted;
        }
    }

    public void Close(List<StreamEvent> events)
    {
        switch (_kind)
        {
            case Kind.Thinking or Kind.Redacted when _state is not null:
                _parts.Seal(_state, events);
                break;
            case Kind.Redacted:
                _parts.Add(new ReasoningPart(""), events);
                break;
            case Kind.Text or Kind.Thinking:
                _parts.EndRunning(events);
                break;
            case Kind.Call:
                if (!_hasInput)
                {
                    _parts.TellArguments(_call, WholeInput(), events);
                }

                _parts.End(_call, events);
                break;
            case Kind.ServerCall:
                CloseServerCall(events);
                break;
            case Kind.Opaque:
                _parts.Add(AnthropicMessagesOpaqueBlock.Join(_start, _held.ToString(), _encrypted), events);
                break;
        }

        _kind = Kind.None;
    }

    /// <exception cref="JsonException">What the tool was called with is malformed.</exception>
    private void CloseServerCall(List<StreamEvent> events)
    {
        if (_held.Length > 0)
        {
            JsonElement.Parse(_held.ToString());
        }
        else if (_input.Length > 0)
        {
            _parts.TellArguments(_call, _input, events);
        }

        _parts.End(_call, events);
    }

    private void AddJson(string json, List<StreamEvent> events)
    {
        if (json.Length == 0)
        {
            return;
        }

        switch (_kind)
        {
            case Kind.Call:
                _hasInput = true;
                _parts.TellArguments(_call, json, events);
                break;
            case Kind.ServerCall:
                _held.Append(json);
                _parts.TellArguments(_call, json, events);
                break;
            case Kind.Opaque:
                _held.Append(json);
                break;
        }
    }

    private void Tell(string? text, List<StreamEvent> events)
    {
        if (!string.IsNullOrEmpty(text))
        {
            _parts.TellText(text, events);
        }
    }

    private void Think(string? text, List<StreamEvent> events)
    {
        if (!string.IsNullOrEmpty(text))
        {
            _parts.TellReasoning(text, events);
        }
    }

    /// <summary>
    /// The arguments of a call that came without deltas: those of its start, where a provider puts them there.
    /// </summary>
    private string WholeInput() => AnthropicMessagesResponseDecoder.Input(_start);

    private string? Text(string name) =>
        LenientText.TryGetProperty(_start, name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.Text()
            : null;
}
