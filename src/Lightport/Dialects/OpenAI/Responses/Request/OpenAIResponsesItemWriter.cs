using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Writes turns as input items: a message each, and one item for every call, result and thought.</summary>
internal sealed class OpenAIResponsesItemWriter
{
    private readonly Utf8JsonWriter _writer;
    private readonly ChatRequest _request;
    private readonly EncodingContext _context;
    private readonly OpenAIResponsesContentWriter _content;
    private readonly OpenAIResponsesAnswerWriter _answer;

    /// <summary>The calls so far of tools that take free text, whose results are items of another type.</summary>
    private readonly HashSet<string> _customCalls = new(StringComparer.Ordinal);

    /// <summary>The API refuses two outputs of one id, be it another turn's.</summary>
    private readonly CallIds _callIds = new(OpenAIChatCallId.Longest, anyLetters: true);

    public OpenAIResponsesItemWriter(Utf8JsonWriter writer, ChatRequest request, EncodingContext context)
    {
        (_writer, _request, _context) = (writer, request, context);
        _content = new OpenAIResponsesContentWriter(writer, request.Dialect, context);
        _answer = new OpenAIResponsesAnswerWriter(writer, request.Dialect, context);
    }

    public void Write(Message message)
    {
        switch (message.Role)
        {
            case Role.Tool:
                foreach (ToolResultPart result in message.Parts.OfType<ToolResultPart>())
                {
                    string id = OpenAIChatCallId.Of(result.CallId);
                    WriteResult(result with { CallId = _callIds.NameResult(id) ?? id });
                }

                break;
            case Role.Assistant:
                IReadOnlyList<ContentPart> parts = Named(message.Parts);
                Note(parts);
                _answer.Write(parts);
                break;
            default:
                _writer.WriteStartObject();
                _writer.WriteString("type"u8, "message"u8);
                _writer.WriteString("role"u8, Word(message.Role));
                _content.Write("content"u8, message.Parts);
                _writer.WriteEndObject();
                break;
        }

        TellUnsaid(message);
    }

    /// <summary>The same parts, each call by an id of its own.</summary>
    private IReadOnlyList<ContentPart> Named(IReadOnlyList<ContentPart> parts)
    {
        if (!parts.Any(part => part is ToolCallPart))
        {
            return parts;
        }

        _callIds.BeginTurn();
        return
        [
            .. parts.Select(part => part is ToolCallPart call
                ? call with { CallId = _callIds.NameCall(OpenAIChatCallId.Of(call.CallId)) }
                : part),
        ];
    }

    private void Note(IReadOnlyList<ContentPart> parts)
    {
        foreach (ToolCallPart call in parts.OfType<ToolCallPart>())
        {
            if (call.Kind == ToolKind.Custom)
            {
                _customCalls.Add(call.CallId);
            }
            else
            {
                _customCalls.Remove(call.CallId);
            }
        }
    }

    private void WriteResult(ToolResultPart result)
    {
        bool custom = _customCalls.Contains(result.CallId);
        _writer.WriteStartObject();
        _writer.WriteString("type"u8, custom ? "custom_tool_call_output"u8 : "function_call_output"u8);
        _writer.WriteString("call_id"u8, result.CallId);
        _content.WriteResult(result);
        _writer.WriteEndObject();
    }

    private void TellUnsaid(Message message)
    {
        if (message.Name is not null)
        {
            _context.Losses.Drop("messages[].name");
        }

        if (_request.Dialect != DialectIds.OpenAIResponses)
        {
            foreach (Extension extension in message.Extensions)
            {
                _context.Losses.Drop($"messages[].{extension.Name}");
            }
        }
    }

    private string Word(Role role) => role switch
    {
        Role.System => "system",
        Role.Developer => _context.Traits.DeveloperRole ? "developer" : "system",
        _ => "user",
    };
}
