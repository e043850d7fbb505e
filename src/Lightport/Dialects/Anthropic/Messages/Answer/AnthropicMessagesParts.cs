using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Picks the parts of a message that can be written, and reports the others.</summary>
internal sealed class AnthropicMessagesParts(LossLedger losses, bool own)
{
    /// <summary>A part names a file that was uploaded to the provider.</summary>
    public bool UsesFiles { get; private set; }

    public IEnumerable<ContentPart> Writable(Message message, string path)
    {
        bool fromModel = message.Role == Role.Assistant;
        foreach (ContentPart part in message.Parts)
        {
            if (Writable(part, fromModel, path) is { } writable)
            {
                yield return writable;
            }
        }
    }

    private ContentPart? Writable(ContentPart part, bool fromModel, string path)
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
                return Writable(new TextPart(refusal.Text) { Cache = part.Cache }, fromModel, path);
            case ReasoningPart reasoning:
                // Thinking that Anthropic did not sign is refused, or worse, read as the client's words.
                return AnthropicMessagesReasoning.IsSigned(reasoning) ? reasoning : null;
            case AudioPart { Transcript: { } transcript } when fromModel:
                losses.Note($"{path}.audio");
                return string.IsNullOrWhiteSpace(transcript) ? null : new TextPart(transcript);
            case AudioPart:
                losses.Reject(fromModel ? $"{path}.audio" : $"{path}.input_audio");
                return null;
            case ImagePart image:
                return Image(image, fromModel, path);
            case FilePart file:
                return File(file, path);
            case ToolResultPart result:
                IEnumerable<ContentPart?> inner = result.Parts.Select(one => Writable(one, fromModel: false, path));
                return result with { Parts = [.. inner.OfType<ContentPart>()] };
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

    private ImagePart? Image(ImagePart image, bool fromModel, string path)
    {
        if (fromModel)
        {
            losses.Drop($"{path}.image");
            return null;
        }

        if (image.Detail is not (null or "auto"))
        {
            losses.Drop("image_url.detail");
        }

        return Reaches(image.Source, $"{path}.image_file") ? image : null;
    }

    private FilePart? File(FilePart file, string path)
    {
        if (!Reaches(file.Source, $"{path}.file_id"))
        {
            return null;
        }

        if (AnthropicMessagesMediaWriter.CanWrite(file))
        {
            return file;
        }

        losses.Reject($"{path}.file");
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
