using System.Globalization;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Google.Gemini;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Writes <c>input</c>: the steps of a conversation. Words and media in a row are the content of one step.
/// </summary>
/// <param name="own">The client speaks this dialect, so that what only it knows is kept.</param>
internal sealed class GoogleInteractionsInputWriter(Utf8JsonWriter writer, bool own, EncodingContext context)
{
    private readonly GoogleInteractionsContentWriter _content = new(writer, own);
    private bool _isOpen;

    public void Write(List<GoogleGeminiTurn> turns)
    {
        writer.WriteStartArray("input"u8);
        foreach (GoogleGeminiTurn turn in turns)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> type = turn.IsModel ? "model_output"u8 : "user_input"u8;
            foreach ((ContentPart part, string? signature) in turn.Parts)
            {
                Write(part, signature, type);
            }

            Close();
        }

        writer.WriteEndArray();
    }

    private void Write(ContentPart part, string? signature, ReadOnlySpan<byte> type)
    {
        switch (part)
        {
            case ReasoningPart thought:
                Close();
                GoogleInteractionsThought.Write(writer, thought.Text, signature);
                break;
            case ToolCallPart call:
                Close();
                WriteCall(call);
                break;
            case GoogleGeminiResult answered:
                Close();
                WriteResult(answered, type);
                break;
            case OpaquePart opaque when !GoogleInteractionsContent.Is(opaque):
                Close();
                writer.WriteOnOneLine(opaque.Json);
                break;
            default:
                Open(type);
                _content.Write(part);
                break;
        }
    }

    private void WriteCall(ToolCallPart call)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "function_call"u8);
        writer.WriteString("id"u8, call.CallId);
        writer.WriteString("name"u8, context.ToolNames.For(call.Name));
        CallArguments.Write(writer, "arguments"u8, call);
        writer.WriteEndObject();
    }

    /// <summary>A result holds text and pictures; what else it has stands behind it, in a step of the user's.</summary>
    private void WriteResult(GoogleGeminiResult answered, ReadOnlySpan<byte> type)
    {
        ToolResultPart result = answered.Result;
        ContentPart[] others = [.. result.Parts.Where(part => part is not (TextPart or ImagePart))];
        writer.WriteStartObject();
        writer.WriteString("type"u8, "function_result"u8);
        writer.WriteString("call_id"u8, result.CallId);
        writer.WriteString("name"u8, context.ToolNames.For(answered.Function));
        if (result.Parts.Any(part => part is ImagePart))
        {
            WriteContents(result);
        }
        else
        {
            writer.WriteString("result"u8, TextOf(result));
        }

        if (result.IsError)
        {
            writer.WriteBoolean("is_error"u8, true);
        }

        writer.WriteEndObject();
        for (int i = 0; i < others.Length; i++)
        {
            Open(type);
            _content.Write(new TextPart($"[{Place(result, i)}]"));
            _content.Write(others[i]);
        }

        Close();
    }

    private void WriteContents(ToolResultPart result)
    {
        int others = 0;
        writer.WriteStartArray("result"u8);
        foreach (ContentPart part in result.Parts)
        {
            _content.Write(part is TextPart or ImagePart ? part : new TextPart($"[{Place(result, others++)} follows]"));
        }

        writer.WriteEndArray();
    }

    private static string TextOf(ToolResultPart result)
    {
        int others = 0;
        return string.Join("\n", result.Parts.Select(
            part => part is TextPart text ? text.Text : $"[{Place(result, others++)} follows]"));
    }

    private static string Place(ToolResultPart result, int other) =>
        string.Create(CultureInfo.InvariantCulture, $"attachment {other + 1} of the tool call {result.CallId}");

    private void Open(ReadOnlySpan<byte> type)
    {
        if (!_isOpen)
        {
            _isOpen = true;
            writer.WriteStartObject();
            writer.WriteString("type"u8, type);
            writer.WriteStartArray("content"u8);
        }
    }

    private void Close()
    {
        if (_isOpen)
        {
            _isOpen = false;
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }
}
