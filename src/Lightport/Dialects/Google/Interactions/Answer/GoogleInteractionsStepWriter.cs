using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Writes the steps of a whole answer: what the model put out in a row is the content of one step.</summary>
internal sealed class GoogleInteractionsStepWriter(Utf8JsonWriter writer, AnswerContext context)
{
    private readonly GoogleInteractionsRuns _runs = new(context);
    private int _told;
    private bool _open;

    public void Write(IReadOnlyList<ContentPart> parts)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            Write(parts, ref i);
        }

        Close();
    }

    public static void WriteMedia(Utf8JsonWriter writer, string type, MediaSource source, string fallbackType)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        writer.WriteString("mime_type"u8, source.MediaType ?? fallbackType);
        if (source.Url is { } url)
        {
            writer.WriteString("uri"u8, url);
        }
        else
        {
            writer.WriteString("data"u8, source.Base64 ?? "");
        }

        writer.WriteEndObject();
    }

    private void Write(IReadOnlyList<ContentPart> parts, ref int index)
    {
        switch (parts[index])
        {
            case TextPart or RefusalPart:
                WriteTexts(parts, ref index);
                break;
            case ImagePart image:
                Open();
                WriteMedia(writer, "image", image.Source, "image/png");
                break;
            case AudioPart audio:
                WriteAudio(audio);
                break;
            case ReasoningPart thought:
                Close();
                WriteThought(
                    context.OmitReasoning ? null : thought.Text,
                    GoogleInteractionsThought.Named(thought.State, thought.Id));
                break;
            case ToolCallPart call:
                WriteCall(call);
                break;
            case McpCallPart run:
                Close();
                if (run.Made?.State is { } before)
                {
                    WriteThought(words: null, before);
                }

                _runs.WriteCall(writer, run);
                break;
            case McpResultPart result:
                Close();
                _runs.WriteResult(writer, result);
                break;
            case OpaquePart { Dialect: DialectIds.GoogleInteractions } own when GoogleInteractionsContent.Is(own):
                Open();
                writer.WriteOnOneLine(own.Json);
                break;
            case OpaquePart { Dialect: DialectIds.GoogleInteractions } own:
                Close();
                writer.WriteOnOneLine(own.Json);
                break;
            case var other:
                context.Losses.Add(other);
                break;
        }
    }

    /// <summary>Texts in a row are one content, as they are of a stream.</summary>
    private void WriteTexts(IReadOnlyList<ContentPart> parts, ref int index)
    {
        var texts = new List<string>();
        var cited = new List<Citation>();
        int length = 0;
        OpaqueState? state = null;
        for (; index < parts.Count && state is null && TextOf(parts[index]) is { } text; index++)
        {
            IReadOnlyList<Citation> own = (parts[index] as TextPart)?.Citations ?? [];
            cited.AddRange(own.Select(one => Spanned(one, length, text.Length)));
            texts.Add(text);
            length += text.Length;
            state = parts[index].State;
        }

        index--;
        Open();
        string whole = string.Concat(texts);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "text"u8);
        writer.WriteString("text"u8, whole);
        if (cited.Count > 0)
        {
            GoogleInteractionsAnnotations.Write(writer, cited, whole, _told, 0, context.Losses);
        }

        writer.WriteEndObject();
        _told += length;
        if (state is not null)
        {
            Close();
            WriteThought(words: null, state);
        }
    }

    /// <summary>A citation without a span is of its part.</summary>
    private Citation Spanned(Citation citation, int start, int length) => citation with
    {
        StartIndex = citation.StartIndex ?? _told + start,
        EndIndex = citation.EndIndex ?? _told + start + length,
    };

    private static string? TextOf(ContentPart part) => part switch
    {
        TextPart text => text.Text,
        RefusalPart refusal => refusal.Text,
        _ => null,
    };

    private void WriteAudio(AudioPart audio)
    {
        Open();
        if (audio.Source is { Base64.Length: > 0 } or { Url: not null })
        {
            WriteMedia(writer, "audio", audio.Source, "audio/wav");
        }

        if (audio.Transcript is { } words)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "text"u8);
            writer.WriteString("text"u8, words);
            writer.WriteEndObject();
            _told += words.Length;
        }
    }

    private void WriteCall(ToolCallPart call)
    {
        Close();
        if (call.State is { } state)
        {
            WriteThought(words: null, state);
        }

        writer.WriteStartObject();
        writer.WriteString("type"u8, "function_call"u8);
        writer.WriteString("id"u8, call.CallId);
        writer.WriteString("name"u8, call.Name);
        CallArguments.Write(writer, "arguments"u8, call);
        writer.WriteEndObject();
    }

    private void WriteThought(string? words, OpaqueState? state) => GoogleInteractionsThought.Write(
        writer, words, state is null ? null : GoogleInteractionsThought.Signature(state));

    private void Open()
    {
        if (!_open)
        {
            _open = true;
            writer.WriteStartObject();
            writer.WriteString("type"u8, "model_output"u8);
            writer.WriteStartArray("content"u8);
        }
    }

    private void Close()
    {
        if (_open)
        {
            _open = false;
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }
}
