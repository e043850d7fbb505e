using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Google.Gemini;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Reads one step after the other. Steps of tools that Google runs itself are kept whole.</summary>
internal sealed class GoogleInteractionsStepDecoder(RequestFields fields, GoogleInteractionsTurns turns)
{
    private static readonly FrozenSet<string> ContentTypes =
        FrozenSet.Create("text", "image", "audio", "document", "video");

    private static readonly FrozenSet<string> CallTypes = FrozenSet.Create(
        "code_execution_call", "file_search_call", "google_maps_call", "google_search_call", "mcp_server_tool_call",
        "url_context_call", "retrieval_call");

    private static readonly FrozenSet<string> ResultTypes = FrozenSet.Create(
        "code_execution_result", "file_search_result", "google_maps_result", "google_search_result",
        "mcp_server_tool_result", "url_context_result", "retrieval_result");

    private readonly HashSet<string> _calls = new(StringComparer.Ordinal);

    public void Add(JsonElement step)
    {
        fields.Tally.AddMessage();
        string type = fields.RequiredText(step, "type");
        switch (type)
        {
            case "user_input":
                turns.EndTurn();
                AddContent(Role.User, step);
                break;
            case "model_output":
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
            case var content when ContentTypes.Contains(content):
                fields.Tally.AddPart();
                turns.Add(Role.User, GoogleInteractionsContentDecoder.Decode(fields, step));
                break;
            case var call when CallTypes.Contains(call):
                turns.Add(Role.Assistant, ServerCall(call, step));
                break;
            case var result when ResultTypes.Contains(result):
                turns.Add(Role.Assistant, new ServerToolResultPart(
                    DialectIds.GoogleInteractions, result, step, step.TextOf("call_id") ?? "", []));
                break;
            default:
                throw fields.Wrong(fields.Required(step, "type"), "is no type of step");
        }
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

        return new ReasoningPart(words.ToString())
        {
            State = fields.Text(step, "signature") is { Length: > 0 } slot ? GoogleGeminiSignature.Read(slot) : null,
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

        return new ToolResultPart(callId, ResultParts(fields.Find(step, "result")))
        {
            IsError = fields.Boolean(step, "is_error") ?? false,
        };
    }

    /// <summary>Text, content, or any other JSON, which is the text itself.</summary>
    private List<ContentPart> ResultParts(JsonElement? result)
    {
        switch (result)
        {
            case null:
                return [];
            case { ValueKind: JsonValueKind.Array } list
                when list.EnumerateArray().All(item => item.TextOf("type") is "text" or "image"):
                var parts = new List<ContentPart>();
                foreach (JsonElement item in list.EnumerateArray())
                {
                    fields.Tally.AddPart();
                    parts.Add(GoogleInteractionsContentDecoder.Decode(fields, item));
                }

                return parts;
            case { } other:
                return [new TextPart(other.Words())];
        }
    }

    private static ServerToolCallPart ServerCall(string type, JsonElement step) => new(
        DialectIds.GoogleInteractions,
        type,
        step,
        step.TextOf("id") ?? "",
        step.TextOf("name") ?? type,
        step.ObjectOf("arguments") is { } arguments
            ? Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(arguments))
            : "");
}
