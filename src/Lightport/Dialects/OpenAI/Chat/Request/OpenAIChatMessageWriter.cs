using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Writes turns as messages. A tool turn becomes one message a result.</summary>
internal sealed class OpenAIChatMessageWriter(Utf8JsonWriter writer, ChatRequest request, EncodingContext context)
{
    private readonly OpenAIChatContentWriter _content = new(writer, request.Dialect, context);

    /// <summary>
    /// Images and files of tool results, which chat's tool messages cannot hold: a user turn after them does.
    /// </summary>
    private readonly List<ContentPart> _media = [];

    public void Write(Message message)
    {
        if (message.Role == Role.Tool)
        {
            foreach (ToolResultPart result in message.Parts.OfType<ToolResultPart>())
            {
                WriteResult(result, message);
            }

            return;
        }

        WritePendingMedia();
        writer.WriteStartObject();
        writer.WriteString("role"u8, Word(message.Role));
        if (message.Role == Role.Assistant)
        {
            WriteAssistant(message.Parts);
        }
        else
        {
            _content.Write(message.Parts);
        }

        WriteEnd(message);
    }

    /// <summary>Writes the media of the tool results so far, which may stand only after all of them.</summary>
    public void WritePendingMedia()
    {
        if (_media.Count > 0)
        {
            writer.WriteStartObject();
            writer.WriteString("role"u8, "user"u8);
            _content.Write(_media);
            writer.WriteEndObject();
            _media.Clear();
        }
    }

    /// <summary>Writes the calls among the parts of an assistant's turn, if there are any.</summary>
    /// <param name="names">The tools' names as the reader takes them.</param>
    /// <param name="extraContent">Google's endpoint wants the state of a call inside the call.</param>
    /// <param name="shortIds">OpenAI itself refuses long ones.</param>
    public static void WriteCalls(
        Utf8JsonWriter writer,
        IReadOnlyList<ContentPart> parts,
        ToolNames names,
        bool customTools = true,
        bool extraContent = false,
        bool shortIds = false)
    {
        if (parts.First<ToolCallPart>() is null)
        {
            return;
        }

        writer.WriteStartArray("tool_calls"u8);
        foreach (ToolCallPart call in parts.OfType<ToolCallPart>())
        {
            bool custom = call.Kind == ToolKind.Custom && customTools;
            writer.WriteStartObject();
            writer.WriteString("id"u8, shortIds ? OpenAIChatCallId.Of(call.CallId) : call.CallId);
            writer.WriteString("type"u8, custom ? "custom"u8 : "function"u8);
            writer.WriteStartObject(custom ? "custom"u8 : "function"u8);
            writer.WriteString("name"u8, names.For(call.Name));
            writer.WriteString(
                custom ? "input"u8 : "arguments"u8,
                call.Kind == ToolKind.Custom && !custom ? CustomCallText.AsArguments(call.Arguments) : call.Arguments);
            writer.WriteEndObject();
            if (extraContent && call.State is { Format: StateFormats.Gemini } state)
            {
                writer.WriteStartObject(OpenAIChatWire.ExtraContent);
                writer.WriteStartObject("google"u8);
                writer.WriteString("thought_signature"u8, state.Data);
                writer.WriteEndObject();
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteAssistant(IReadOnlyList<ContentPart> parts)
    {
        string text = string.Concat(parts.OfType<TextPart>().Select(part => part.Text));
        string refusal = string.Concat(parts.OfType<RefusalPart>().Select(part => part.Text));
        bool calls = parts.Any(part => part is ToolCallPart);
        AudioPart? audio = parts.OfType<AudioPart>().FirstOrDefault(part => part.Id is not null);
        if (text.Length > 0 || (!calls && refusal.Length == 0 && audio is null))
        {
            writer.WriteString("content"u8, text);
        }
        else
        {
            writer.WriteNull("content"u8);
        }

        if (refusal.Length > 0)
        {
            writer.WriteString("refusal"u8, refusal);
        }

        WriteReasoning(parts);
        WriteCalls(
            writer,
            parts,
            context.ToolNames,
            OpenAIChatToolsWriter.HasCustomTools(request, context),
            context.Traits.ReasoningField == OpenAIChatWire.ExtraContent,
            context.Exact);
        if (audio is not null)
        {
            writer.WriteStartObject("audio"u8);
            writer.WriteString("id"u8, audio.Id);
            writer.WriteEndObject();
        }

        _content.NoteUnsaid(parts);
    }

    private void WriteReasoning(IReadOnlyList<ContentPart> parts)
    {
        switch (context.Traits.ReasoningField)
        {
            case OpenAIChatWire.ReasoningDetails:
                if (parts.Any(part => part is ReasoningPart) || OpenAIChatReasoningWriter.HasState(parts))
                {
                    OpenAIChatReasoningWriter.WriteDetails(writer, parts);
                }

                break;
            case null or OpenAIChatWire.ExtraContent:
                break;
            case { } field when OpenAIChatReasoningWriter.TextOf(parts) is { Length: > 0 } text:
                writer.WriteString(field, text);
                break;
        }
    }

    private void WriteResult(ToolResultPart result, Message message)
    {
        writer.WriteStartObject();
        writer.WriteString("role"u8, "tool"u8);
        writer.WriteString(
            "tool_call_id"u8, context.Exact ? OpenAIChatCallId.Of(result.CallId) : result.CallId);
        _content.WriteResult(result, _media);
        WriteEnd(message);
    }

    private void WriteEnd(Message message)
    {
        if (message.Name is { } name)
        {
            writer.WriteString("name"u8, name);
        }

        foreach (Extension extension in message.Extensions)
        {
            if (OpenAIChatRequestEncoder.IsOwn(extension, request.Dialect))
            {
                OpenAIChatRequestEncoder.WriteExtension(writer, extension);
            }
            else
            {
                context.Losses.Drop($"messages[].{extension.Name}");
            }
        }

        writer.WriteEndObject();
    }

    private string Word(Role role) => role switch
    {
        Role.System => "system",
        Role.Developer => context.Traits.DeveloperRole ? "developer" : "system",
        Role.Assistant => "assistant",
        _ => "user",
    };
}
