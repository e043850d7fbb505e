using Lightport.Conversation;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>Picks the parts of a message that can be written, and reports the others.</summary>
internal sealed class AwsConverseParts(AwsConverseFamily family, LossLedger losses)
{
    /// <param name="place">The message's, counted from 0.</param>
    public List<ContentPart> Writable(Message message, int place)
    {
        bool fromModel = message.Role == Role.Assistant;
        var kept = new List<ContentPart>(message.Parts.Count);
        for (int i = 0; i < message.Parts.Count; i++)
        {
            if (Writable(message.Parts[i], fromModel, place) is { } writable)
            {
                kept.Add(writable);
            }
        }

        return kept;
    }

    private ContentPart? Writable(ContentPart part, bool fromModel, int place)
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
                return Writable(new TextPart(refusal.Text) { Cache = part.Cache }, fromModel, place);
            case ReasoningPart reasoning:
                return family.Signs && reasoning.State is { Format: StateFormats.Anthropic } ? reasoning : null;
            case AudioPart { Transcript: { } transcript } when fromModel:
                losses.Note($"messages[{place}].audio");
                return string.IsNullOrWhiteSpace(transcript) ? null : new TextPart(transcript);
            case AudioPart when fromModel:
                return Refuse($"messages[{place}].audio") ? part : null;
            case AudioPart audio:
                return AwsConverseFormats.OfAudio(audio.Source) is not null || Refuse($"messages[{place}].input_audio")
                    ? part
                    : null;
            case ImagePart image:
                return Image(image, fromModel, place);
            case FilePart file:
                return File(file, fromModel, place);
            case ToolResultPart result:
                return Result(result, place);
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

    private ToolResultPart Result(ToolResultPart result, int place) =>
        result with { Parts = [.. result.Parts.Select(one => InResult(one, place)).OfType<ContentPart>()] };

    /// <summary>A result bears no sound.</summary>
    private ContentPart? InResult(ContentPart part, int place) => part is AudioPart
        ? Refuse($"messages[{place}].input_audio") ? part : null
        : Writable(part, fromModel: false, place);

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

        return IsHere(image.Source, $"messages[{place}].image_file")
            && Reaches(image.Source, $"messages[{place}].image_url")
            && (AwsConverseFormats.OfImage(image.Source) is not null || Refuse($"messages[{place}].image"))
                ? image
                : null;
    }

    private ContentPart? File(FilePart file, bool fromModel, int place)
    {
        if (fromModel)
        {
            losses.Drop($"messages[{place}].file");
            return null;
        }

        if (!IsHere(file.Source, $"messages[{place}].file_id") || !Reaches(file.Source, $"messages[{place}].file_url"))
        {
            return null;
        }

        if (file.Contents.Count > 0)
        {
            return file with { Contents = [.. file.Contents.Select(one => Piece(one, place)).OfType<ContentPart>()] };
        }

        bool isKnown = AwsConverseFormats.OfDocument(file) is not null
            || AwsConverseFormats.OfVideo(file.Source) is not null;
        return isKnown ? file
            : AwsConverseFormats.OfImage(file.Source) is not null ? new ImagePart(file.Source) { Cache = file.Cache }
            : Refuse($"messages[{place}].file") ? file
            : null;
    }

    /// <summary>A document that its client cut into pieces has text alone in them.</summary>
    private ContentPart? Piece(ContentPart piece, int place) =>
        piece is TextPart || Refuse($"messages[{place}].document.source.content")
            ? Writable(piece, fromModel: false, place)
            : null;

    /// <summary>Whether Bedrock has it: the bytes, or a place in S3. It fetches nothing from elsewhere.</summary>
    private bool Reaches(MediaSource source, string field) =>
        source.Url is null || AwsConverseFormats.IsInStore(source) || Refuse(field);

    /// <summary>A file uploaded to one vendor does not exist at another.</summary>
    private bool IsHere(MediaSource source, string field) =>
        source.FileId is null || Refuse(field);

    private bool Refuse(string field)
    {
        losses.Reject(field);
        return false;
    }
}
