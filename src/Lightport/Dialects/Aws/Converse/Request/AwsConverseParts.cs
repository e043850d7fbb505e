using Lightport.Conversation;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>Picks the parts of a message that can be written, and reports the others.</summary>
internal sealed class AwsConverseParts(AwsConverseFamily family, LossLedger losses)
{
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
        foreach (Extension extension in part.Extensions)
        {
            losses.Drop($"messages[].content[].{extension.Name}");
        }

        if (part.Cache is not null && !family.Caches)
        {
            losses.Note("cache_control");
            part = part with { Cache = null };
        }

        switch (part)
        {
            // A text block without a visible character is refused.
            case TextPart text:
                return string.IsNullOrWhiteSpace(text.Text) ? null : text;
            case RefusalPart refusal:
                return Writable(new TextPart(refusal.Text) { Cache = part.Cache }, fromModel, path);
            case ReasoningPart reasoning:
                return family.Signs && reasoning.State is { Format: StateFormats.Anthropic } ? reasoning : null;
            case AudioPart { Transcript: { } transcript } when fromModel:
                losses.Note($"{path}.audio");
                return string.IsNullOrWhiteSpace(transcript) ? null : new TextPart(transcript);
            case AudioPart when fromModel:
                return Refuse($"{path}.audio") ? part : null;
            case AudioPart audio:
                return AwsConverseFormats.OfAudio(audio.Source) is not null || Refuse($"{path}.input_audio")
                    ? part
                    : null;
            case ImagePart image:
                return Image(image, fromModel, path);
            case FilePart file:
                return File(file, fromModel, path);
            case ToolResultPart result:
                IEnumerable<ContentPart?> inner = result.Parts.Select(one => InResult(one, path));
                return result with { Parts = [.. inner.OfType<ContentPart>()] };
            case OpaquePart { Dialect: not DialectIds.AwsConverse } opaque when fromModel:
                losses.Drop(opaque.Kind);
                return null;
            case OpaquePart { Dialect: not DialectIds.AwsConverse } opaque:
                losses.Reject(opaque.Kind);
                return null;
            default:
                return part;
        }
    }

    /// <summary>A result bears no sound.</summary>
    private ContentPart? InResult(ContentPart part, string path) => part is AudioPart
        ? Refuse($"{path}.input_audio") ? part : null
        : Writable(part, fromModel: false, path);

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

        return IsHere(image.Source, $"{path}.image_file")
            && Reaches(image.Source, $"{path}.image_url")
            && (AwsConverseFormats.OfImage(image.Source) is not null || Refuse($"{path}.image"))
                ? image
                : null;
    }

    private ContentPart? File(FilePart file, bool fromModel, string path)
    {
        if (fromModel)
        {
            losses.Drop($"{path}.file");
            return null;
        }

        if (!IsHere(file.Source, $"{path}.file_id") || !Reaches(file.Source, $"{path}.file_url"))
        {
            return null;
        }

        if (file.Contents.Count > 0)
        {
            return file with { Contents = [.. file.Contents.Select(one => Piece(one, path)).OfType<ContentPart>()] };
        }

        bool isKnown = AwsConverseFormats.OfDocument(file) is not null
            || AwsConverseFormats.OfVideo(file.Source) is not null;
        return isKnown ? file
            : AwsConverseFormats.OfImage(file.Source) is not null ? new ImagePart(file.Source) { Cache = file.Cache }
            : Refuse($"{path}.file") ? file
            : null;
    }

    /// <summary>A document that its client cut into pieces has text alone in them.</summary>
    private ContentPart? Piece(ContentPart piece, string path) =>
        piece is TextPart || Refuse($"{path}.document.source.content") ? Writable(piece, fromModel: false, path) : null;

    /// <summary>Whether Bedrock has it: the bytes, or a place in S3. It fetches nothing from elsewhere.</summary>
    private bool Reaches(MediaSource source, string field) =>
        source.Url is null || AwsConverseFormats.IsInStore(source) || Refuse(field);

    /// <summary>A file uploaded to one vendor does not exist at another.</summary>
    private bool IsHere(MediaSource source, string field) => source.FileId is null || Refuse(field);

    private bool Refuse(string field)
    {
        losses.Reject(field);
        return false;
    }
}
