using System.Buffers;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Writes the tool calls of one choice. For a client that sent <c>functions</c> the first is its
/// <c>function_call</c>, which has neither index nor id, and there is no other.
/// </summary>
internal sealed class OpenAIChatCallEncoder(OpenAIChatChoiceEncoder choice, ResponseContext context)
{
    /// <summary>
    /// Calls that have had no arguments yet: clients parse what they joined, and an empty text is no JSON.
    /// </summary>
    private readonly HashSet<int> _withoutArguments = [];

    private readonly HashSet<int> _customCalls = [];

    /// <summary>Arguments of functions that stand in for custom tools: their text is taken out when whole.</summary>
    private readonly SortedDictionary<int, StringBuilder> _standIns = [];

    public void Encode(StreamEvent streamEvent, IBufferWriter<byte> output)
    {
        switch (streamEvent)
        {
            case StreamEvent.ToolCallStart call when IsSaid(call.Index):
                WriteStart(call, output);
                break;
            case StreamEvent.ToolCallStart call:
                context.Losses.Add(call);
                break;
            case StreamEvent.ToolCallDelta delta when _standIns.TryGetValue(delta.Index, out StringBuilder? held):
                held.Append(delta.Arguments);
                break;
            case StreamEvent.ToolCallDelta delta when IsSaid(delta.Index):
                WriteArguments(delta.Index, delta.Arguments, output);
                break;
            case StreamEvent.ToolCallEnd end when _standIns.Remove(end.Index, out StringBuilder? held):
                WriteArguments(end.Index, OpenAIChatCustomCalls.Text(held.ToString()), output);
                break;
            case StreamEvent.ToolCallEnd end when _withoutArguments.Contains(end.Index):
                WriteArguments(end.Index, "{}", output);
                break;
        }
    }

    /// <summary>The answer has ended: calls that nobody ended end here.</summary>
    public void Finish(IBufferWriter<byte> output)
    {
        foreach (int call in _withoutArguments.Order().ToArray())
        {
            WriteArguments(call, "{}", output);
        }

        foreach ((int call, StringBuilder held) in _standIns)
        {
            WriteArguments(call, OpenAIChatCustomCalls.Text(held.ToString()), output);
        }
    }

    private bool IsSaid(int call) => call == 0 || !context.FunctionCall;

    private void WriteStart(StreamEvent.ToolCallStart call, IBufferWriter<byte> output)
    {
        bool standsIn = OpenAIChatCustomCalls.StandsIn(call.Kind, call.Name, context.CustomTools);
        if (standsIn)
        {
            _standIns.Add(call.Index, new StringBuilder());
        }

        bool custom = standsIn || call.Kind == ToolKind.Custom;
        (custom ? _customCalls : _withoutArguments).Add(call.Index);
        Utf8JsonWriter writer = choice.Begin(hasContent: false, output);
        Open(writer, call.Index);
        if (!context.FunctionCall)
        {
            writer.WriteString("id"u8, call.Id);
            writer.WriteString("type"u8, custom ? "custom"u8 : "function"u8);
        }

        writer.WriteStartObject(FieldOf(custom));
        writer.WriteString("name"u8, call.Name);
        writer.WriteString(custom ? "input"u8 : "arguments"u8, ""u8);
        writer.WriteEndObject();
        Close(writer);
        if (call.State is { } state)
        {
            choice.WriteStateOfCall(writer, state, call.Id);
        }

        choice.End(output);
    }

    private void WriteArguments(int call, string arguments, IBufferWriter<byte> output)
    {
        _withoutArguments.Remove(call);
        bool custom = _customCalls.Contains(call);
        Utf8JsonWriter writer = choice.Begin(hasContent: false, output);
        Open(writer, call);
        writer.WriteStartObject(FieldOf(custom));
        writer.WriteString(custom ? "input"u8 : "arguments"u8, arguments);
        writer.WriteEndObject();
        Close(writer);
        choice.End(output);
    }

    private ReadOnlySpan<byte> FieldOf(bool custom) =>
        context.FunctionCall ? "function_call"u8 : custom ? "custom"u8 : "function"u8;

    private void Open(Utf8JsonWriter writer, int call)
    {
        if (!context.FunctionCall)
        {
            writer.WriteStartArray("tool_calls"u8);
            writer.WriteStartObject();
            writer.WriteNumber("index"u8, call);
        }
    }

    private void Close(Utf8JsonWriter writer)
    {
        if (!context.FunctionCall)
        {
            writer.WriteEndObject();
            writer.WriteEndArray();
        }
    }
}
