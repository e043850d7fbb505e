using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Reads the items of the input, in the order they stand, into turns.</summary>
internal sealed class OpenAIResponsesItemDecoder(RequestFields fields, OpenAIResponsesTools tools)
{
    private static readonly FrozenSet<string> KnownOfMessage =
        FrozenSet.Create("type", "role", "content", "id", "status", "phase");

    private readonly OpenAIResponsesContentDecoder _content = new(fields);
    private readonly OpenAIResponsesCallDecoder _calls = new(fields, tools);
    private readonly OpenAIResponsesRunDecoder _runs = new(fields);
    private readonly OpenAIResponsesTurns _turns = new();

    public IReadOnlyList<Message> Decode()
    {
        if (fields.Text(fields.Root, "instructions") is { Length: > 0 } instructions)
        {
            _turns.Add(new Message(Role.System, [new TextPart(instructions)]));
        }

        switch (fields.Find(fields.Root, "input"))
        {
            case { ValueKind: JsonValueKind.String } text:
                _turns.Add(new Message(Role.User, [new TextPart(text.Text())]));
                break;
            case not null:
                foreach (JsonElement item in fields.Items(fields.Root, "input"))
                {
                    Decode(item);
                }

                break;
        }

        IReadOnlyList<Message> messages = _turns.ToMessages();
        return messages.Count > 0
            ? messages
            : throw fields.Wrong(fields.Required(fields.Root, "input"), "must hold at least one item");
    }

    private void Decode(JsonElement item)
    {
        fields.Tally.AddMessage();
        string type = TypeOf(item);
        switch (type)
        {
            case "message":
                AddMessage(item);
                break;
            case "reasoning":
                AddReasoning(item);
                break;
            case "function_call" or "custom_tool_call":
                _turns.Say(_calls.Call(item, type));
                break;
            case "function_call_output" or "custom_tool_call_output":
                _turns.Add(new Message(Role.Tool, [Result(item)]));
                break;
            case "additional_tools":
                tools.Add(fields.Items(item, "tools"));
                break;
            case "item_reference":
                throw GatewayException.BadRequest(
                    "An item_reference names what one account keeps: send the item itself.",
                    fields.PathOf(item),
                    "unsupported_parameter");
            case var _ when OpenAIResponsesClientTool.OfCall(type) is { } tool && _calls.IsOfClient(item):
                _turns.Say(_calls.Call(item, tool));
                break;
            case var _ when OpenAIResponsesClientTool.OfOutput(type) is { } tool
                && _calls.IsAnswerOfClient(item, tool):
                _turns.Add(new Message(Role.Tool, [_calls.Output(item, tool)]));
                break;
            default:
                AddOwn(item, type);
                break;
        }
    }

    /// <summary>A message may leave its type out, and so may a reference, which has nothing but an id.</summary>
    private string TypeOf(JsonElement item) => fields.Text(item, "type") ?? (
        fields.Find(item, "role") is not null ? "message"
        : fields.Find(item, "id") is not null ? "item_reference"
        : throw fields.Missing(item, "type"));

    private void AddMessage(JsonElement item)
    {
        JsonElement role = fields.Required(item, "role");
        IReadOnlyList<Extension> others = fields.Others(item, KnownOfMessage);
        if (role.Is("assistant"))
        {
            AddAnswer(item, others);
            return;
        }

        _turns.Add(new Message(
            fields.Text(role) switch
            {
                "system" => Role.System,
                "developer" => Role.Developer,
                "user" => Role.User,
                _ => throw fields.Wrong(role, "must be user, assistant, system or developer"),
            },
            _content.Read(fields.Required(item, "content")))
        {
            Extensions = others,
        });
    }

    /// <summary>What the item itself says (its id, its phase) rides on its first part.</summary>
    private void AddAnswer(JsonElement item, IReadOnlyList<Extension> others)
    {
        List<ContentPart> parts = _content.Read(fields.Required(item, "content"));
        if (parts.Count > 0)
        {
            JsonElement? phase = fields.Find(item, OpenAIResponsesWire.Phase);
            parts[0] = parts[0] with
            {
                Id = fields.Text(item, "id"),
                Extensions =
                [
                    .. parts[0].Extensions,
                    .. others,
                    .. phase is { } said ? [new Extension(OpenAIResponsesWire.Phase, said)] : Array.Empty<Extension>(),
                ],
            };
        }

        _turns.Say(parts);
    }

    private void AddReasoning(JsonElement item)
    {
        fields.Tally.AddPart();
        if (OpenAIResponsesReasoning.TryReadStateOfPart(fields, item, out OpaqueState? state, out string callId))
        {
            _turns.Sign(state, callId);
        }
        else if (OpenAIResponsesReasoning.Read(fields, item) is { } thought)
        {
            _turns.Say(thought);
        }
    }

    private ToolResultPart Result(JsonElement item)
    {
        fields.Tally.AddPart();
        return new ToolResultPart(
            fields.RequiredText(item, "call_id"), _content.Read(fields.Required(item, "output")))
        {
            Extensions = fields.Others(item, OpenAIResponsesCallDecoder.KnownOfOutput),
        };
    }

    private void AddOwn(JsonElement item, string type)
    {
        if (_runs.Read(item, type) is { } run)
        {
            foreach (ContentPart told in run)
            {
                _turns.Say(told);
            }

            return;
        }

        if (_runs.ReadApproval(item, type) is { } said)
        {
            _turns.Add(new Message(Role.User, [said]));
            return;
        }

        fields.Tally.AddPart();
        var part = new OpaquePart(DialectIds.OpenAIResponses, type, item) { Id = fields.Text(item, "id") };
        if (OpenAIResponsesItemTypes.OfTheProvider.Contains(type) || OpenAIResponsesClientTool.IsItem(type))
        {
            _turns.Say(part);
        }
        else if (OpenAIResponsesItemTypes.ForTheProvider.Contains(type))
        {
            _turns.Add(new Message(Role.User, [part]));
        }
        else
        {
            throw fields.Wrong(fields.Required(item, "type"), "is no type of item that is known here");
        }
    }
}
