using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Picks the parts of a message that can be written, and reports the others.</summary>
internal sealed class AnthropicMessagesParts(LossLedger losses, bool own)
{
    /// <summary>A part names a file that was uploaded to the provider.</summary>
    public bool UsesFiles { get; private set; }

    /// <param name="place">The message's, counted from 0.</param>
    public List<ContentPart> Writable(Message message, int place) =>
        Writable(message.Parts, fromModel: message.Role == Role.Assistant, place);

    private List<ContentPart> Writable(IReadOnlyList<ContentPart> parts, bool fromModel, int place)
    {
        var kept = new List<ContentPart>(parts.Count);
        for (int i = 0; i < parts.Count; i++)
        {
            if (Writable(parts[i], fromModel, place) is { } writable)
            {
                kept.Add(writable);
            }
        }

        return kept;
    }

    private ContentPart? Writable(ContentPart part, bool fromModel, int place)
    {
        if (!own && part.Extensions.Count > 0)
        {
            foreach (Extension extension in part.Extensions)
            {
                losses.Drop($"messages[].content[].{extension.Name}");
            }

            part = part with { Extensions = [] };
        }

        switch (part)
        {
            // The API refuses a text block without a visible character.
            case TextPart text:
                return string.IsNullOrWhiteSpace(text.Text) ? null : text;
            case RefusalPart refusal:
                return Writable(new TextPart(refusal.Text) { Cache = part.Cache }, fromModel, place);
            case ReasoningPart reasoning:
                // Thinking that Anthropic did not sign is refused, or worse, read as the client's words.
                return AnthropicMessagesReasoning.IsSigned(reasoning) ? reasoning : null;
            case AudioPart { Transcript: { } transcript } when fromModel:
                losses.Note($"messages[{place}].audio");
                return string.IsNullOrWhiteSpace(transcript) ? null : new TextPart(transcript);
            case AudioPart:
                losses.Reject(fromModel ? $"messages[{place}].audio" : $"messages[{place}].input_audio");
                return null;
            case ImagePart image:
                return Image(image, fromModel, place);
            case FilePart file:
                return File(file, place);
            case ToolResultPart result:
                return result with { Parts = Writable(result.Parts, fromModel: false, place) };
            case OpaquePart { Dialect: not DialectIds.AnthropicMessages } opaque when fromModel:
                losses.Drop(opaque.Kind);
                return null;
            case OpaquePart { Dialect: not DialectIds.AnthropicMessages } opaque:
                losses.Reject(opaque.Kind);
                return null;
            default:
                return part;
        }
    }

    private ImagePart? Image(ImagePart image, bool fromModel, int place)
    {
        if (fromModel)
        {
            losses.Drop($"messages[{place}].image");
            return null;
        }

        if (image.Detail is not (null or "auto"))
        {
            losses.Drop("image_url.detail");
        }

        return Reaches(image.Source, $"messages[{place}].image_file") ? image : null;
    }

    private FilePart? File(FilePart file, int place)
    {
        if (!Reaches(file.Source, $"messages[{place}].file_id"))
        {
            return null;
        }

        if (AnthropicMessagesMediaWriter.CanWrite(file))
        {
            return file;
        }

        losses.Reject($"messages[{place}].file");
        return null;
    }

    /// <summary>A file uploaded to one vendor does not exist at another.</summary>
    private bool Reaches(MediaSource source, string field)
    {
        if (source.FileId is null)
        {
            return true;
        }

        if (!own)
        {
            losses.Reject(field);
            return false;
        }

        return UsesFiles = true;
    }
}
