using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Reads one step after the other. Steps of tools that Google runs itself are kept whole; those of the gateway's runs
/// are told apart by their ids.
/// </summary>
/// <param name="extensions">Takes the fields of steps that only this dialect's clients know.</param>
internal sealed class GoogleInteractionsStepDecoder(
    RequestFields fields, GoogleInteractionsTurns turns, List<Extension> extensions)
{
    private static readonly FrozenDictionary<string, FrozenSet<string>> Known =
        new Dictionary<string, FrozenSet<string>>
        {
            ["user_input"] = FrozenSet.Create("type", "id", "status", "content"),
            ["model_output"] = FrozenSet.Create("type", "id", "status", "content"),
            ["thought"] = FrozenSet.Create("type", "id", "status", "signature", "summary"),
            ["function_call"] = FrozenSet.Create("type", "id", "status", "name", "arguments"),
            ["function_result"] =
                FrozenSet.Create("type", "id", "status", "call_id", "name", "result", "is_error"),
        }.ToFrozenDictionary();

    private readonly HashSet<string> _calls = new(StringComparer.Ordinal);
    private readonly GoogleInteractionsRunDecoder _runs = new(fields);
    private string? _before;

    public void Add(JsonElement step)
    {
        fields.Tally.AddMessage();
        string type = fields.RequiredText(step, "type");
        if (Known.TryGetValue(type, out FrozenSet<string>? known))
        {
            extensions.AddRange(fields.Others(step, known, GoogleInteractionsOwnFields.StepPrefix));
        }

        switch (type)
        {
            case "user_input":
                turns.EndTurn();
                AddContent(Role.User, step);
                break;
            case "model_output":
                if (_before == type)
                {
                    // What came after an answer that had ended: an answer of its own, as its end is said otherwise.
                    turns.EndTurn();
                }

                AddContent(Role.Assistant, step);
                break;
            case "thought":
                turns.Add(Role.Assistant, Thought(step));
                break;
            case "function_call":
                turns.Add(Role.Assistant, Call(step));
                break;
            case "function_result":
                turns.Add(Role.Tool, Result(step));
                break;
            case var content when GoogleInteractionsContent.Types.Contains(content):
                fields.Tally.AddPart();
                turns.Add(Role.User, GoogleInteractionsContentDecoder.Decode(fields, step));
                break;
            case var run when _runs.Read(run, step) is { } part:
                turns.Add(Role.Assistant, part);
                break;
            case var call when GoogleInteractionsServerSteps.Calls.Contains(call):
                turns.Add(Role.Assistant, GoogleInteractionsServerSteps.Call(call, step));
                break;
            case var result when GoogleInteractionsServerSteps.Results.Contains(result):
                turns.Add(Role.Assistant, GoogleInteractionsServerSteps.Result(result, step));
                break;
            default:
                throw fields.Wrong(fields.Required(step, "type"), "is no type of step");
        }

        _before = type;
    }

    private void AddContent(Role role, JsonElement step)
    {
        foreach (JsonElement content in fields.Items(step, "content"))
        {
            fields.Tally.AddPart();
            turns.Add(role, GoogleInteractionsContentDecoder.Decode(fields, content));
        }
    }

    private ReasoningPart Thought(JsonElement step)
    {
        var words = new StringBuilder();
        foreach (JsonElement piece in fields.Items(step, "summary"))
        {
            fields.Tally.AddPart();
            words.Append(fields.Text(piece, "text"));
        }

        OpaqueState? state = GoogleInteractionsThought.State(fields.Text(step, "signature"));
        return new ReasoningPart(words.ToString())
        {
            Id = state?.Item,
            State = state is null ? null : state with { Item = null },
        };
    }

    private ToolCallPart Call(JsonElement step)
    {
        fields.Tally.AddPart();
        string id = fields.RequiredText(step, "id");
        _calls.Add(id);
        return new ToolCallPart(
            id,
            fields.RequiredText(step, "name"),
            fields.Object(step, "arguments") is { } arguments
                ? Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(arguments))
                : "{}");
    }

    private ToolResultPart Result(JsonElement step)
    {
        JsonElement id = fields.Required(step, "call_id");
        string callId = fields.Text(id);
        if (!_calls.Contains(callId))
        {
            throw fields.Wrong(id, "names no function call that stands before it");
        }

        return new ToolResultPart(
            callId, GoogleInteractionsResultDecoder.Decode(fields, fields.Find(step, "result")))
        {
            IsError = fields.Boolean(step, "is_error") ?? false,
        };
    }
}
