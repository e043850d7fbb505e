using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>Picks the parts of a message that can be written, and reports the others.</summary>
/// <param name="dialect">Which of Google's is spoken.</param>
internal sealed class GoogleGeminiParts(ChatRequest request, string dialect, EncodingContext context)
{
    private readonly LossLedger _losses = context.Losses;
    private readonly bool _own = request.Dialect == dialect;

    /// <param name="place">The message's, counted from 0.</param>
    public List<ContentPart> Writable(Message message, int place) =>
        Writable(message.Parts, fromModel: message.Role == Role.Assistant, place);

    private List<ContentPart> Writable(IReadOnlyList<ContentPart> parts, bool fromModel, int place)
    {
        var kept = new List<ContentPart>(parts.Count);
        for (int i = 0; i < parts.Count; i++)
        {
            Add(parts[i], fromModel, place, kept);
        }

        return kept;
    }

    private void Add(ContentPart part, bool fromModel, int place, List<ContentPart> kept)
    {
        NoteMarks(part);
        switch (part)
        {
            case TextPart text:
                NoteCitations(text);
                AddUnless(text is { Text: "", State: null }, text, kept);
                break;
            case RefusalPart refusal:
                AddUnless(refusal.Text.Length == 0, new TextPart(refusal.Text), kept);
                break;
            case AudioPart { Source.Base64: null } when fromModel && part is AudioPart { Transcript: { } transcript }:
                _losses.Note($"messages[{place}].audio");
                AddUnless(transcript.Length == 0, new TextPart(transcript), kept);
                break;
            case AudioPart { Source: { Base64: null, Url: null } }:
                _losses.Reject(fromModel ? $"messages[{place}].audio" : $"messages[{place}].input_audio");
                break;
            case ImagePart image:
                AddImage(image, place, kept);
                break;
            case FilePart file:
                AddFile(file, place, kept);
                break;
            case ToolResultPart result:
                kept.Add(Result(result, place));
                break;
            case OpaquePart opaque when opaque.Dialect != dialect && fromModel:
                _losses.Drop(opaque.Kind);
                break;
            case OpaquePart opaque when opaque.Dialect != dialect:
                _losses.Reject(opaque.Kind);
                break;
            default:
                kept.Add(part);
                break;
        }
    }

    private static void AddUnless(bool saysNothing, ContentPart part, List<ContentPart> kept)
    {
        if (!saysNothing)
        {
            kept.Add(part);
        }
    }

    private ToolResultPart Result(ToolResultPart result, int place)
    {
        List<ContentPart> inner = Writable(result.Parts, fromModel: false, place);
        if (result.ToolReferences.Count > 0)
        {
            IEnumerable<string> names = result.ToolReferences.Select(context.ToolNames.For);
            inner.Add(new TextPart("Tools now available: " + string.Join(", ", names)));
        }

        return result with { Parts = inner };
    }

    private void AddImage(ImagePart image, int place, List<ContentPart> kept)
    {
        if (image.Detail is not (null or "auto"))
        {
            _losses.Drop("image_url.detail");
        }

        AddUnless(!Reaches(image.Source, $"messages[{place}].image_file"), image, kept);
    }

    /// <summary>A document's title and what it is about are told as text before it; so is a document of text.</summary>
    private void AddFile(FilePart file, int place, List<ContentPart> kept)
    {
        if (file.Citations == true)
        {
            _losses.Drop("citations");
        }

        string?[] lines = [file.Filename is { } title ? $"Document: {title}" : null, file.Context];
        string heading = string.Join('\n', lines.Where(line => !string.IsNullOrEmpty(line)));
        AddUnless(heading.Length == 0, new TextPart(heading), kept);
        if (file.Contents.Count > 0)
        {
            kept.AddRange(Writable(file.Contents, fromModel: false, place));
        }
        else if (file.Source.Text is { } text)
        {
            AddUnless(text.Length == 0, new TextPart(text), kept);
        }
        else
        {
            AddUnless(!Reaches(file.Source, $"messages[{place}].file_id"), file, kept);
        }
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
