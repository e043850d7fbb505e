using System.Globalization;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Writes the content of a message: a string where one text says it all, else parts.</summary>
internal sealed class OpenAIChatContentWriter(Utf8JsonWriter writer, string clientDialect, EncodingContext context)
{
    private readonly LossLedger _losses = context.Losses;

    /// <summary>
    /// OpenAI's newer models take marks on what users, system prompts and tools say. Then it is always a list, also of
    /// one text: with a mark on it that comes and goes, its form must not change.
    /// </summary>
    private readonly bool _takesMarks = context.Exact && context.Traits.CacheBreakpoints;

    public void Write(IReadOnlyList<ContentPart> parts)
    {
        var sent = new List<ContentPart>(parts.Count);
        foreach (ContentPart part in parts)
        {
            AddSayable(part, sent);
        }

        WriteContent(sent);
    }

    /// <summary>What is said of a part, its mark at the end of it.</summary>
    private void AddSayable(ContentPart part, List<ContentPart> sent)
    {
        int before = sent.Count;
        sent.AddRange(Sayable(part));
        if (_takesMarks && part.Cache is not null && sent.Count > before)
        {
            sent[^1] = sent[^1] with { Cache = part.Cache };
        }
    }

    /// <summary>
    /// Writes a tool's result. Chat has no error flag, so an error says so in words; images and files go to
    /// <paramref name="media"/>, with a word in their place.
    /// </summary>
    public void WriteResult(ToolResultPart result, List<ContentPart> media)
    {
        NoteMarks(result, isTaken: false);
        var sent = new List<ContentPart>();
        foreach (ContentPart part in result.Parts.SelectMany(Sayable))
        {
            if (part is TextPart)
            {
                sent.Add(part);
                continue;
            }

            int number = (media.Count / 2) + 1;
            string place = string.Create(CultureInfo.InvariantCulture, $"attachment {number}");
            sent.Add(new TextPart($"[{place} follows in the next message]"));

            // Always two at once, which the number above goes by.
            media.AddRange([new TextPart($"[{place}, from the tool call {result.CallId}]"), part]);
        }

        if (result.ToolReferences.Count > 0)
        {
            IEnumerable<string> names = result.ToolReferences.Select(context.ToolNames.For);
            sent.Add(new TextPart("Tools now available: " + string.Join(", ", names)));
        }

        if (result.IsError)
        {
            string text = sent is [TextPart first, ..] ? first.Text : "";
            TextPart marked = new("Error: " + text);
            sent = [marked, .. sent.Skip(1)];
        }

        WriteContent(sent);
    }

    /// <summary>
    /// Reports what an assistant's turn holds beside the text, reasoning and calls that were written.
    /// </summary>
    public void NoteUnsaid(IReadOnlyList<ContentPart> parts)
    {
        foreach (ContentPart part in parts)
        {
            NoteMarks(part, isTaken: false);
            switch (part)
            {
                case OpaquePart opaque:
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
            }
        }
    }

    private void WriteContent(List<ContentPart> parts)
    {
        if (parts is [TextPart only] && !_takesMarks)
        {
            writer.WriteString("content"u8, only.Text);
            return;
        }

        if (parts.Count == 0)
        {
            writer.WriteString("content"u8, ""u8);
            return;
        }

        writer.WriteStartArray("content"u8);
        foreach (ContentPart part in parts)
        {
            OpenAIChatPartWriter.Write(writer, part, _takesMarks && part.Cache is not null);
        }

        writer.WriteEndArray();
    }

    /// <summary>
    /// What of a part chat can say: the part itself, its text, or nothing where the loss has been accepted.
    /// </summary>
    private IEnumerable<ContentPart> Sayable(ContentPart part)
    {
        NoteMarks(part, _takesMarks);
        switch (part)
        {
            case ImagePart { Source.FileId: not null }:
                _losses.Reject("image.file_id");
                return [];
            case AudioPart { Source.Base64: null }:
                _losses.Reject("input_audio");
                return [];
            case FilePart file:
                return Document(file);
            case OpaquePart { Dialect: not DialectIds.OpenAIChat } opaque:
                _losses.Reject(opaque.Kind);
                return [];
            case RefusalPart refusal:
                return [new TextPart(refusal.Text)];
            case TextPart or ImagePart or AudioPart or OpaquePart:
                return [part];
            default:
                return [];
        }
    }

    private IEnumerable<ContentPart> Document(FilePart file)
    {
        if (file.Citations == true)
        {
            _losses.Drop("citations");
        }

        IEnumerable<ContentPart> context = Heading(file) is { Length: > 0 } words ? [new TextPart(words)] : [];
        if (file.Contents.Count > 0)
        {
            return context.Concat(file.Contents.SelectMany(Sayable));
        }

        if (file.Source.Text is { } text)
        {
            return [.. context, new TextPart(text)];
        }

        if (file.Source.FileId is not null && clientDialect != DialectIds.OpenAIChat)
        {
            // A file uploaded to one vendor does not exist at another.
            _losses.Reject("document.source.file_id");
            return context;
        }

        // OpenRouter reads an address there; OpenAI does not, so only who asks in chat may.
        if (file.Source.Url is not null && clientDialect != DialectIds.OpenAIChat)
        {
            _losses.Reject("document.source.url");
            return context;
        }

        return [.. context, file];
    }

    /// <summary>A document's title, where no file name carries it, and what it is about.</summary>
    internal static string Heading(FilePart file)
    {
        bool isText = file.Contents.Count > 0 || file.Source.Text is not null;
        string?[] lines = [isText && file.Filename is { } title ? $"Document: {title}" : null, file.Context];
        return string.Join('\n', lines.Where(line => !string.IsNullOrEmpty(line)));
    }

    private void NoteMarks(ContentPart part, bool isTaken)
    {
        if (part.Cache is not null && !isTaken)
        {
            _losses.Note("cache_control");
        }

        foreach (Extension extension in part.Extensions)
        {
            _losses.Drop($"messages[].content[].{extension.Name}");
        }
    }
}
