using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Writes an earlier answer as the items that it was made of. Texts in a row are one message, and reasoning is said
/// only before what came of it: an item of reasoning that nothing follows is refused.
/// </summary>
internal sealed class OpenAIResponsesAnswerWriter(Utf8JsonWriter writer, string clientDialect, EncodingContext context)
{
    private readonly LossLedger _losses = context.Losses;
    private readonly OpenAIResponsesReasoningWriter _reasoning = new(writer, context);
    private readonly StringBuilder _text = new();
    private JsonElement? _phase;

    public void Write(IReadOnlyList<ContentPart> parts)
    {
        foreach (ContentPart part in parts)
        {
            TellUnsaid(part);
            Write(part);
        }

        EndText();
        _reasoning.Forget();
    }

    private void Write(ContentPart part)
    {
        switch (part)
        {
            case TextPart text:
                Say(text.Text, PhaseOf(text));
                break;
            case RefusalPart refusal:
                Say(refusal.Text, _phase);
                break;
            case AudioPart { Transcript: { Length: > 0 } words }:
                _losses.Note("assistant.audio");
                Say(words, _phase);
                break;
            case ReasoningPart reasoning:
                EndText();
                _reasoning.Wait(reasoning);
                break;
            case ToolCallPart call:
                EndText();
                _reasoning.Write();
                WriteCall(call);
                break;
            case ServerToolResultPart { Dialect: DialectIds.OpenAIResponses }:
                // The item of the call holds its result.
                break;
            case OpaquePart { Dialect: DialectIds.OpenAIResponses } item:
                EndText();
                _reasoning.Write();
                writer.WriteMended(item.Json);
                break;
        }
    }

    private void Say(string text, JsonElement? phase)
    {
        if (_text.Length > 0 && phase?.GetRawText() != _phase?.GetRawText())
        {
            EndText();
        }

        _phase = phase;
        _text.Append(text);
    }

    private void EndText()
    {
        if (_text.Length > 0)
        {
            _reasoning.Write();
            writer.WriteStartObject();
            writer.WriteString("type"u8, "message"u8);
            writer.WriteString("role"u8, "assistant"u8);
            writer.WriteString("content"u8, _text.ToString());
            writer.WriteOptional(OpenAIResponsesWire.Phase, _phase);
            writer.WriteEndObject();
            _text.Clear();
        }

        _phase = null;
    }

    private void WriteCall(ToolCallPart call)
    {
        bool custom = call.Kind == ToolKind.Custom;
        writer.WriteStartObject();
        writer.WriteString("type"u8, custom ? "custom_tool_call"u8 : "function_call"u8);
        writer.WriteString("call_id"u8, call.CallId);
        writer.WriteString("name"u8, context.ToolNames.For(call.Name));
        writer.WriteString(custom ? "input"u8 : "arguments"u8, call.Arguments);
        writer.WriteEndObject();
    }

    /// <summary>Which part an answer was, by the provider's own word; it wants it back as it came.</summary>
    private JsonElement? PhaseOf(TextPart text)
    {
        if (clientDialect != DialectIds.OpenAIResponses)
        {
            return null;
        }

        foreach (Extension extension in text.Extensions)
        {
            if (extension.Name == OpenAIResponsesWire.Phase)
            {
                return extension.Value;
            }
        }

        return null;
    }

    private void TellUnsaid(ContentPart part)
    {
        if (part.Cache is not null)
        {
            _losses.Note("cache_control");
        }

        switch (part)
        {
            case OpaquePart { Dialect: not DialectIds.OpenAIResponses } opaque:
                _losses.Drop(opaque.Kind);
                break;
            case TextPart { Citations.Count: > 0 }:
                _losses.Drop("citations");
                break;
            case ImagePart:
                _losses.Drop("assistant.image");
                break;
            case FilePart:
                _losses.Drop("assistant.file");
                break;
            case AudioPart { Transcript: null or "" }:
                _losses.Drop("assistant.audio");
                break;
        }

        // An earlier answer is said in one text a message, which has room for its phase alone.
        bool isOwn = clientDialect == DialectIds.OpenAIResponses;
        foreach (Extension extension in part.Extensions)
        {
            if (!isOwn || extension.Name != OpenAIResponsesWire.Phase)
            {
                _losses.Drop($"messages[].content[].{extension.Name}");
            }
        }
    }
}
