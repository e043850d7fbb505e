using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Reads <c>systemInstruction</c> and <c>contents</c> into turns. The model's turns in a row are one: a client sends a
/// streamed answer back chunk by chunk.
/// </summary>
internal sealed class GoogleGeminiTurnDecoder(GoogleGeminiFields fields)
{
    private static readonly FrozenSet<string> Known = GoogleGeminiFields.Names("role", "parts");

    private readonly List<Message> _messages = [];
    private readonly GoogleGeminiCallNames _calls = new();
    private GoogleGeminiModelTurn? _answer;

    /// <exception cref="GatewayException">A turn is malformed, or there is none.</exception>
    public List<Message> Decode()
    {
        if (fields.Object(fields.Root, "systemInstruction") is { } system)
        {
            List<ContentPart> parts = [.. Parts(system).Select(part => GoogleGeminiPartDecoder.Decode(fields, part))];
            if (parts.Count > 0)
            {
                _messages.Add(new Message(Role.System, parts) { Extensions = fields.Others(system, Known) });
            }
        }

        int before = _messages.Count;
        foreach (JsonElement content in fields.Items(fields.Root, "contents"))
        {
            fields.Tally.AddMessage();
            Add(content);
        }

        EndAnswer();
        return _messages.Count > before ? _messages : throw fields.Missing(fields.Root, "contents");
    }

    private void Add(JsonElement content)
    {
        IReadOnlyList<Extension> others = fields.Others(content, Known);
        switch (fields.Text(content, "role"))
        {
            case "model":
                AddAnswer(content, others);
                break;

            // A turn without a role is the user's; the two others are what results' turns were once called.
            case null or "" or "user" or "function" or "tool":
                EndAnswer();
                AddUser(content, others);
                break;
            default:
                throw fields.Wrong(fields.Find(content, "role")!.Value, "must be user or model");
        }
    }

    private void AddAnswer(JsonElement content, IReadOnlyList<Extension> others)
    {
        _answer ??= new GoogleGeminiModelTurn();
        _answer.Extensions.AddRange(others);
        foreach (JsonElement part in Parts(content))
        {
            ContentPart read = GoogleGeminiPartDecoder.Decode(fields, part);
            if (read is ToolResultPart)
            {
                throw fields.Wrong(part, "answers a call, and stands only in a user's turn");
            }

            _answer.Add(read is ToolCallPart call ? _calls.Name(call) : read);
        }
    }

    private void AddUser(JsonElement content, IReadOnlyList<Extension> others)
    {
        var results = new List<ContentPart>();
        var said = new List<ContentPart>();
        foreach (JsonElement part in Parts(content))
        {
            switch (GoogleGeminiPartDecoder.Decode(fields, part))
            {
                case ToolResultPart result:
                    results.Add(Named(result, part));
                    break;
                case ToolCallPart or ReasoningPart:
                    throw fields.Wrong(part, "is the model's, and stands only in a turn of its role");
                case var other:
                    said.Add(other);
                    break;
            }
        }

        if (results.Count > 0)
        {
            _messages.Add(new Message(Role.Tool, results) { Extensions = others });
        }

        if (said.Count > 0)
        {
            _messages.Add(new Message(Role.User, said) { Extensions = results.Count > 0 ? [] : others });
        }
    }

    private ToolResultPart Named(ToolResultPart result, JsonElement part)
    {
        JsonElement response = fields.Object(part, "functionResponse")!.Value;
        string name = fields.RequiredText(response, "name");
        return _calls.TryFind(result.CallId, name) is { } id
            ? result with { CallId = id }
            : throw fields.Wrong(response, "answers no function call that stands before it");
    }

    private void EndAnswer()
    {
        if (_answer is { } answer)
        {
            _answer = null;
            _messages.Add(new Message(Role.Assistant, answer.End()) { Extensions = answer.Extensions });
        }
    }

    private IEnumerable<JsonElement> Parts(JsonElement content)
    {
        foreach (JsonElement part in fields.Items(content, "parts"))
        {
            fields.Tally.AddPart();
            yield return part;
        }
    }
}
