using System.Text;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>A call of a function, or of a custom tool, which is called with free text.</summary>
/// <param name="group">The namespace that the client declared the tool in; null where in none.</param>
/// <param name="name">The tool's name within it.</param>
internal sealed class OpenAIResponsesCallItem(
    string id, int index, string callId, string? group, string name, ToolKind kind)
    : OpenAIResponsesItem(id, index)
{
    private readonly StringBuilder _arguments = new();
    private readonly bool _isCustom = kind == ToolKind.Custom;
    private OpaqueState? _state;

    public override OpaqueState? State => _state;

    public override string CallId => callId;

    /// <summary>The field that holds what the tool is called with.</summary>
    private ReadOnlySpan<byte> Field => _isCustom ? "input"u8 : "arguments"u8;

    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id);
        writer.WriteString("type"u8, _isCustom ? "custom_tool_call"u8 : "function_call"u8);
        writer.WriteString("status"u8, StatusWord);
        writer.WriteString(Field, Status == OpenAIResponsesItemStatus.InProgress ? "" : _arguments.ToString());
        writer.WriteString("call_id"u8, callId);
        if (group is not null)
        {
            writer.WriteString("namespace"u8, group);
        }

        writer.WriteString("name"u8, name);
        writer.WriteEndObject();
    }

    public override void Add(StreamEvent.PartEvent piece, OpenAIResponsesEvents? events)
    {
        if (piece is StreamEvent.ToolCallDelta { Arguments.Length: > 0 } delta)
        {
            Add(delta.Arguments, events);
        }
    }

    protected override void BeginPart(StreamEvent.PartStart start, OpenAIResponsesEvents? events) =>
        _state = start.Part.State;

    protected override void EndPart(StreamEvent.PartEnd end, OpenAIResponsesEvents? events) =>
        _state = end.State ?? _state;

    protected override void FinishParts(OpenAIResponsesEvents? events)
    {
        if (!_isCustom && _arguments.Length == 0)
        {
            // A function is called with an object, be it an empty one.
            Add("{}", events);
        }

        if (events is null)
        {
            return;
        }

        Utf8JsonWriter writer = events.Begin(
            _isCustom ? "response.custom_tool_call_input.done"u8 : "response.function_call_arguments.done"u8, this);
        writer.WriteString(Field, _arguments.ToString());
        if (!_isCustom)
        {
            writer.WriteString("name"u8, name);
        }

        events.End();
    }

    private void Add(string arguments, OpenAIResponsesEvents? events)
    {
        _arguments.Append(arguments);
        if (events is null)
        {
            return;
        }

        Utf8JsonWriter writer = events.Begin(
            _isCustom ? "response.custom_tool_call_input.delta"u8 : "response.function_call_arguments.delta"u8, this);
        writer.WriteString("delta"u8, arguments);
        events.End();
    }
}
