using System.Text;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// A call of an MCP server's tool and, once that has come, its result
/// (https://platform.openai.com/docs/api-reference/responses/object#responses-object-output).
/// </summary>
/// <param name="id">Sealed.</param>
internal sealed class OpenAIResponsesMcpCallItem(string id, int index, McpCallPart call)
    : OpenAIResponsesItem(id, index)
{
    private readonly StringBuilder _arguments = new();
    private McpResultPart? _result;
    private OpaqueState? _state;

    /// <summary>Not before its result has come, whatever else is told meanwhile.</summary>
    public override bool HasEnded => _result is not null;

    public override OpaqueState? State => _state;

    /// <summary>The provider's id, by which the call finds its state again.</summary>
    public override string CallId => call.Made?.CallId ?? call.CallId;

    private bool IsOver => Status != OpenAIResponsesItemStatus.InProgress;

    public void Take(McpResultPart result) => _result = result;

    /// <summary>It is being run.</summary>
    public void TellRunning(OpenAIResponsesEvents? events) => Tell("response.mcp_call.in_progress"u8, events);

    public override void Write(Utf8JsonWriter writer)
    {
        McpResultPart? result = IsOver ? _result : null;
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id);
        writer.WriteString("type"u8, OpenAIResponsesMcpItems.Call);
        writer.WriteString("status"u8, result switch
        {
            null => IsOver ? "incomplete"u8 : "in_progress"u8,
            { IsError: true } => "failed"u8,
            _ => "completed"u8,
        });
        writer.WriteString("approval_request_id"u8, call.ApprovalId);
        writer.WriteString("arguments"u8, IsOver ? _arguments.ToString() : "");
        writer.WritePropertyName("error"u8);
        if (result is { IsError: true })
        {
            WriteError(writer, result);
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WriteString("name"u8, call.Name);
        writer.WriteString("output"u8, result is { IsError: false } ? ToldResult.Text(result.Parts) : null);
        writer.WriteString("server_label"u8, call.Server);
        writer.WriteEndObject();
    }

    public override void Add(StreamEvent.PartEvent piece, OpenAIResponsesEvents? events)
    {
        if (piece is not StreamEvent.ToolCallDelta { Arguments.Length: > 0 } delta)
        {
            return;
        }

        _arguments.Append(delta.Arguments);
        if (events is not null)
        {
            Utf8JsonWriter writer = events.Begin("response.mcp_call_arguments.delta"u8, this);
            writer.WriteString("delta"u8, delta.Arguments);
            events.End();
        }
    }

    protected override void BeginPart(StreamEvent.PartStart start, OpenAIResponsesEvents? events)
    {
        _state = call.Made?.State ?? start.Part.State;
        TellRunning(events);
    }

    protected override void EndPart(StreamEvent.PartEnd end, OpenAIResponsesEvents? events)
    {
        _state = end.State ?? _state;
        if (events is not null)
        {
            Utf8JsonWriter writer = events.Begin("response.mcp_call_arguments.done"u8, this);
            writer.WriteString("arguments"u8, _arguments.ToString());
            events.End();
        }
    }

    protected override void FinishParts(OpenAIResponsesEvents? events)
    {
        if (_result is not null)
        {
            Tell(_result.IsError ? "response.mcp_call.failed"u8 : "response.mcp_call.completed"u8, events);
        }
    }

    private static void WriteError(Utf8JsonWriter writer, McpResultPart result)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "mcp_tool_execution_error"u8);
        writer.WriteStartArray("content"u8);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "text"u8);
        writer.WriteString("text"u8, ToldResult.Text(result.Parts));
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void Tell(ReadOnlySpan<byte> type, OpenAIResponsesEvents? events)
    {
        if (events is not null)
        {
            events.Begin(type, this);
            events.End();
        }
    }
}
