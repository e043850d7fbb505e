using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// A call of a tool that has a type of its own, out of the call of the function that stood in for it. It has no events
/// but its beginning and its end.
/// </summary>
internal sealed class OpenAIResponsesClientToolItem(
    string id, int index, string callId, OpenAIResponsesClientTool tool) : OpenAIResponsesItem(id, index)
{
    private readonly StringBuilder _arguments = new();
    private OpaqueState? _state;

    public override OpaqueState? State => _state;

    public override string CallId => callId;

    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id);
        writer.WriteString("type"u8, tool.CallItem);
        writer.WriteString("status"u8, StatusWord);
        writer.WriteString("call_id"u8, callId);
        writer.WritePropertyName(tool.ArgumentsField);
        WriteArguments(writer);
        switch (tool.Type)
        {
            case OpenAIResponsesClientTool.ToolSearch:
                writer.WriteString("execution"u8, "client"u8);
                break;
            case "shell":
                writer.WriteStartObject("environment"u8);
                writer.WriteString("type"u8, "local"u8);
                writer.WriteEndObject();
                break;
        }

        writer.WriteEndObject();
    }

    public override void Add(StreamEvent.PartEvent piece, OpenAIResponsesEvents? events)
    {
        if (piece is StreamEvent.ToolCallDelta delta)
        {
            _arguments.Append(delta.Arguments);
        }
    }

    protected override void BeginPart(StreamEvent.PartStart start, OpenAIResponsesEvents? events) =>
        _state = start.Part.State;

    protected override void EndPart(StreamEvent.PartEnd end, OpenAIResponsesEvents? events) =>
        _state = end.State ?? _state;

    /// <summary>What the model wrote, as far as it is an object, with what clients insist on.</summary>
    private void WriteArguments(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        JsonElement? said = Read();
        if (tool.Type == "local_shell")
        {
            writer.WriteString("type"u8, "exec"u8);
            WriteDefault(writer, said, "command", "[]"u8);
            WriteDefault(writer, said, "env", "{}"u8);
        }
        else if (tool.Type == "shell")
        {
            WriteDefault(writer, said, "commands", "[]"u8);
            WriteDefault(writer, said, "timeout_ms", "null"u8);
            WriteDefault(writer, said, "max_output_length", "null"u8);
        }

        foreach (JsonProperty property in said?.EnumerateObject() ?? default)
        {
            if (tool.Type != "local_shell" || !property.NameEquals("type"))
            {
                writer.WritePropertyName(LenientText.Name(property));
                writer.WriteMended(property.Value);
            }
        }

        writer.WriteEndObject();
    }

    private JsonElement? Read()
    {
        if (Status == OpenAIResponsesItemStatus.InProgress)
        {
            return null;
        }

        try
        {
            return JsonElement.Parse(_arguments.ToString()) is { ValueKind: JsonValueKind.Object } said ? said : null;
        }
        catch (JsonException)
        {
            // The model's own words, cut off or never JSON: the client is told of a call of nothing, and says so.
            return null;
        }
    }

    private static void WriteDefault(
        Utf8JsonWriter writer, JsonElement? said, string name, ReadOnlySpan<byte> value)
    {
        if (said?.TryGetProperty(name, out _) != true)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(value);
        }
    }
}
