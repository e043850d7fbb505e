using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Writes turns as input items: a message each, and one item for every call, result and thought.</summary>
internal sealed class OpenAIResponsesItemWriter
{
    private readonly Utf8JsonWriter _writer;
    private readonly ChatRequest _request;
    private readonly EncodingContext _context;
    private readonly OpenAIResponsesContentWriter _content;
    private readonly OpenAIResponsesAnswerWriter _answer;

    /// <summary>The calls of tools that take free text, whose results are items of another type.</summary>
    private readonly HashSet<string> _customCalls;

    public OpenAIResponsesItemWriter(Utf8JsonWriter writer, ChatRequest request, EncodingContext context)
    {
        (_writer, _request, _context) = (writer, request, context);
        _content = new OpenAIResponsesContentWriter(writer, request.Dialect, context);
        _answer = new OpenAIResponsesAnswerWriter(writer, request.Dialect, context);
        _customCalls =
        [
            .. request.Messages.SelectMany(message => message.Parts).OfType<ToolCallPart>()
                .Where(call => call.Kind == ToolKind.Custom).Select(call => call.CallId),
        ];
    }

    public void Write(Message message)
    {
        switch (message.Role)
        {
            case Role.Tool:
                foreach (ToolResultPart result in message.Parts.OfType<ToolResultPart>())
                {
                    WriteResult(result);
                }

                break;
            case Role.Assistant:
                _answer.Write(message.Parts);
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

    private void WriteResult(ToolResultPart result)
    {
        bool custom = _customCalls.Contains(result.CallId);
        _writer.WriteStartObject();
        _writer.WriteString("type"u8, custom ? "custom_tool_call_output"u8 : "function_call_output"u8);
        _writer.WriteString("call_id"u8, OpenAIResponsesCallId.Of(result.CallId));
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
