using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>Picks the parts of a message that can be written, and reports the others.</summary>
/// <param name="dialect">Which of Google's is spoken.</param>
internal sealed class GoogleGeminiParts(ChatRequest request, string dialect, EncodingContext context)
{
    private readonly LossLedger _losses = context.Losses;
    private readonly bool _own = request.Dialect == dialect;

    public IEnumerable<ContentPart> Writable(Message message, string path)
    {
        bool fromModel = message.Role == Role.Assistant;
        foreach (ContentPart part in message.Parts)
        {
            foreach (ContentPart writable in Writable(part, fromModel, path))
            {
                yield return writable;
            }
        }
    }

    private IEnumerable<ContentPart> Writable(ContentPart part, bool fromModel, string path)
    {
        NoteMarks(part);
        switch (part)
        {
            case TextPart text:
                NoteCitations(text);
                return text is { Text: "", State: null } ? [] : [text];
            case RefusalPart refusal:
                return refusal.Text.Length == 0 ? [] : [new TextPart(refusal.Text)];
            case AudioPart { Source.Base64: null } when fromModel && part is AudioPart { Transcript: { } transcript }:
                _losses.Note($"{path}.audio");
                return transcript.Length == 0 ? [] : [new TextPart(transcript)];
            case AudioPart { Source: { Base64: null, Url: null } }:
                _losses.Reject(fromModel ? $"{path}.audio" : $"{path}.input_audio");
                return [];
            case ImagePart image:
                return Image(image, path);
            case FilePart file:
                return File(file, path);
            case ToolResultPart result:
                return [Result(result, path)];
            case OpaquePart opaque when opaque.Dialect != dialect && fromModel:
                _losses.Drop(opaque.Kind);
                return [];
            case OpaquePart opaque when opaque.Dialect != dialect:
                _losses.Reject(opaque.Kind);
                return [];
            default:
                return [part];
        }
    }

    private ToolResultPart Result(ToolResultPart result, string path)
    {
        List<ContentPart> inner =
            [.. result.Parts.SelectMany(one => Writable(one, fromModel: false, path))];
        if (result.ToolReferences.Count > 0)
        {
            IEnumerable<string> names = result.ToolReferences.Select(context.ToolNames.For);
            inner.Add(new TextPart("Tools now available: " + string.Join(", ", names)));
        }

        return result with { Parts = inner };
    }

    private ImagePart[] Image(ImagePart image, string path)
    {
        if (image.Detail is not (null or "auto"))
        {
            _losses.Drop("image_url.detail");
        }

        return Reaches(image.Source, $"{path}.image_file") ? [image] : [];
    }

    /// <summary>A document's title and what it is about are told as text before it; so is a document of text.</summary>
    private IEnumerable<ContentPart> File(FilePart file, string path)
    {
        if (file.Citations == true)
        {
            _losses.Drop("citations");
        }

        string?[] lines = [file.Filename is { } title ? $"Document: {title}" : null, file.Context];
        string heading = string.Join('\n', lines.Where(line => !string.IsNullOrEmpty(line)));
        IEnumerable<ContentPart> told = heading.Length > 0 ? [new TextPart(heading)] : [];
        if (file.Contents.Count > 0)
        {
            return [.. told, .. file.Contents.SelectMany(one => Writable(one, fromModel: false, path))];
        }

        if (file.Source.Text is { } text)
        {
            return text.Length == 0 ? told : [.. told, new TextPart(text)];
        }

        return Reaches(file.Source, $"{path}.file_id") ? [.. told, file] : told;
    }

    /// <summary>A file uploaded to one vendor does not exist at another.</summary>
    private bool Reaches(MediaSource source, string field)
    {
        if (source.FileId is null || _own)
        {
            return true;
        }

        _losses.Reject(field);
        return false;
    }

    private void NoteCitations(TextPart text)
    {
        if (text.Citations.Count > 0)
        {
            _losses.Drop("citations");
        }
    }

    private void NoteMarks(ContentPart part)
    {
        if (part.Cache is not null)
        {
            _losses.Note("cache_control");
        }

        if (!_own)
        {
            foreach (Extension extension in part.Extensions)
            {
                _losses.Drop($"messages[].content[].{extension.Name}");
            }
        }
    }
}
