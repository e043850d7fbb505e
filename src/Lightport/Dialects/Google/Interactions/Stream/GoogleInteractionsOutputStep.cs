using System.Buffers;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Writes the step of what the model puts out, which begins with the first words or media and runs on while only such
/// come.
/// </summary>
internal sealed class GoogleInteractionsOutputStep(GoogleInteractionsStepEvents steps, AnswerContext context)
{
    private readonly List<Citation> _cited = [];
    private readonly StringBuilder _text = new();
    private int _index = -1;
    private int _before;
    private int _partStart;

    /// <summary>What is told from here on is another text, though of the same step.</summary>
    public void BeginText() => _partStart = _text.Length;

    public void TellText(string text, IBufferWriter<byte> output)
    {
        _text.Append(text);
        steps.Tell(Open(output), "text"u8, "text"u8, text, output);
    }

    /// <summary>A source of the text; told with the others when the text is complete.</summary>
    public void Cite(Citation citation) => _cited.Add(citation);

    public void EndText(IBufferWriter<byte> output)
    {
        if (_cited.Count == 0)
        {
            return;
        }

        Utf8JsonWriter writer = steps.BeginDelta(Open(output), output);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "text_annotation_delta"u8);
        GoogleInteractionsAnnotations.Write(writer, _cited, _text.ToString(), _before, _partStart, context.Losses);
        writer.WriteEndObject();
        steps.End(writer, output);
        _cited.Clear();
    }

    public void TellMedia(ContentPart part, IBufferWriter<byte> output)
    {
        MediaSource source = part is ImagePart image ? image.Source : ((AudioPart)part).Source;
        if (source is { Base64.Length: > 0 } or { Url: not null })
        {
            bool isImage = part is ImagePart;
            Utf8JsonWriter writer = steps.BeginDelta(Open(output), output);
            GoogleInteractionsStepWriter.WriteMedia(
                writer, isImage ? "image" : "audio", source, isImage ? "image/png" : "audio/wav");
            steps.End(writer, output);
        }

        if (part is AudioPart { Transcript: { } words })
        {
            TellText(words, output);
        }
    }

    /// <summary>Tells content that only this dialect knows, as it came.</summary>
    public void TellWhole(OpaquePart content, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = steps.BeginDelta(Open(output), output);
        writer.WriteOnOneLine(content.Json);
        steps.End(writer, output);
    }

    /// <summary>Another kind of step begins, or the answer has ended.</summary>
    public void Close(IBufferWriter<byte> output)
    {
        if (_index >= 0)
        {
            steps.Stop(_index, output);
            _index = -1;
            _before += _text.Length;
            _text.Clear();
            _partStart = 0;
        }
    }

    private int Open(IBufferWriter<byte> output) =>
        _index >= 0 ? _index : _index = steps.Start("model_output"u8, output);
}
