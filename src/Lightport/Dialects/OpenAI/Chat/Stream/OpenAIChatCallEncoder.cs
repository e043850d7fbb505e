using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Writes the tool calls of one choice. For a client that sent <c>functions</c> the first is its
/// <c>function_call</c>, which has neither index nor id, and there is no other.
/// </summary>
internal sealed class OpenAIChatCallEncoder(OpenAIChatChoiceEncoder choice, AnswerContext context)
{
    /// <summary>The calls that are said, by their parts.</summary>
    private readonly Dictionary<int, OpenAIChatSaidCall> _calls = [];

    private bool _hasCall;

    public void Start(int part, ToolCallPart call, IBufferWriter<byte> output)
    {
        if (_hasCall && context.FunctionCall)
        {
            context.Losses.Add(call);
            return;
        }

        _hasCall = true;
        var said = new OpenAIChatSaidCall(_calls.Count, IsCustom: call.Kind == ToolKind.Custom);
        _calls[part] = said;
        WriteStart(said, call, output);
    }

    public void Add(StreamEvent.ToolCallDelta delta, IBufferWriter<byte> output)
    {
        if (_calls.TryGetValue(delta.Index, out OpenAIChatSaidCall? call))
        {
            WriteArguments(call, delta.Arguments, output);
        }
    }

    public void End(int part, IBufferWriter<byte> output)
    {
        if (_calls.TryGetValue(part, out OpenAIChatSaidCall? call))
        {
            End(call, output);
        }
    }

    /// <summary>The answer has ended: calls that nobody ended end here.</summary>
    public void Finish(IBufferWriter<byte> output)
    {
        foreach (OpenAIChatSaidCall call in _calls.Values)
        {
            End(call, output);
        }
    }

    private void End(OpenAIChatSaidCall call, IBufferWriter<byte> output)
    {
        if (call is { HasArguments: false, IsCustom: false })
        {
            // Clients parse what they joined, and an empty text is no JSON.
            WriteArguments(call, "{}", output);
        }
    }

    private void WriteStart(OpenAIChatSaidCall said, ToolCallPart call, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = choice.Begin(hasContent: false, output);
        Open(writer, said.Place);
        if (!context.FunctionCall)
        {
            writer.WriteString("id"u8, call.CallId);
            writer.WriteString("type"u8, said.IsCustom ? "custom"u8 : "function"u8);
        }

        writer.WriteStartObject(FieldOf(said.IsCustom));
        writer.WriteString("name"u8, call.Name);
        writer.WriteString(said.IsCustom ? "input"u8 : "arguments"u8, ""u8);
        writer.WriteEndObject();
        Close(writer);
        if (call.State is { } state)
        {
            choice.WriteStateOfCall(writer, state, call.CallId);
        }

        choice.End(output);
    }

    private void WriteArguments(OpenAIChatSaidCall call, string arguments, IBufferWriter<byte> output)
    {
        call.HasArguments = true;
        Utf8JsonWriter writer = choice.Begin(hasContent: false, output);
        Open(writer, call.Place);
        writer.WriteStartObject(FieldOf(call.IsCustom));
        writer.WriteString(call.IsCustom ? "input"u8 : "arguments"u8, arguments);
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
