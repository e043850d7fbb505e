using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Writes what a user, a system prompt or a tool says: texts, images and files.</summary>
internal sealed class OpenAIResponsesContentWriter(
    Utf8JsonWriter writer, string clientDialect, EncodingContext context)
{
    private readonly LossLedger _losses = context.Losses;

    /// <summary>
    /// Always a list, also of one text: with a mark on it that comes and goes, its form must not change.
    /// </summary>
    public void Write(ReadOnlySpan<byte> field, IReadOnlyList<ContentPart> parts)
    {
        writer.WriteStartArray(field);
        foreach (ContentPart part in parts)
        {
            TellUnsaid(part);
            List<ContentPart> sent = Sayable(part);
            for (int i = 0; i < sent.Count; i++)
            {
                OpenAIResponsesPartWriter.Write(
                    writer, sent[i], HasMark(part) && i == sent.Count - 1, OwnFields(sent[i]));
            }
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes a tool's result. The API has no error flag, so an error says so in words.</summary>
    public void WriteResult(ToolResultPart result)
    {
        if (result.Cache is not null)
        {
            _losses.Note("cache_control");
        }

        TellFields(result);
        var sent = new List<ContentPart>();
        foreach (ContentPart part in result.Parts)
        {
            TellUnsaid(part);
            sent.AddRange(Sayable(part));
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
            sent = [marked, .. sent.Skip(sent is [TextPart, ..] ? 1 : 0)];
        }

        WriteOutput(sent);
    }

    private void WriteOutput(List<ContentPart> sent)
    {
        if (sent is [] or [TextPart])
        {
            writer.WriteString("output"u8, sent is [TextPart text] ? text.Text : "");
            return;
        }

        writer.WriteStartArray("output"u8);
        foreach (ContentPart part in sent)
        {
            OpenAIResponsesPartWriter.Write(writer, part, hasMark: false, OwnFields(part));
        }

        writer.WriteEndArray();
    }

    /// <summary>
    /// What of a part can be said: the part itself, its text, or nothing where the loss has been accepted.
    /// </summary>
    private List<ContentPart> Sayable(ContentPart part)
    {
        switch (part)
        {
            case ImagePart { Source.FileId: not null } when !IsOfOpenAI:
                _losses.Reject("image.file_id");
                return [];
            case AudioPart:
                _losses.Reject("input_audio");
                return [];
            case FilePart file:
                return Document(file);
            case OpaquePart { Dialect: not DialectIds.OpenAIResponses } opaque:
                _losses.Reject(opaque.Kind);
                return [];
            case RefusalPart refusal:
                return [new TextPart(refusal.Text)];
            case TextPart or ImagePart or OpaquePart:
                return [part];
            default:
                return [];
        }
    }

    private bool IsOfOpenAI => clientDialect is DialectIds.OpenAIResponses or DialectIds.OpenAIChat;

    private List<ContentPart> Document(FilePart file)
    {
        if (file.Citations == true)
        {
            _losses.Drop("citations");
        }

        List<ContentPart> said = [];
        if (OpenAIChatContentWriter.Heading(file) is { Length: > 0 } words)
        {
            said.Add(new TextPart(words));
        }

        if (file.Contents.Count > 0)
        {
            foreach (ContentPart piece in file.Contents)
            {
                TellUnsaid(piece);
                said.AddRange(Sayable(piece));
            }
        }
        else if (file.Source.Text is { } text)
        {
            said.Add(new TextPart(text));
        }
        else if (file.Source.FileId is not null && !IsOfOpenAI)
        {
            // A file uploaded to one vendor does not exist at another.
            _losses.Reject("document.source.file_id");
        }
        else
        {
            said.Add(file);
        }

        return said;
    }

    /// <summary>What only this dialect's clients say of a part.</summary>
    private IReadOnlyList<Extension> OwnFields(ContentPart part) =>
        clientDialect == DialectIds.OpenAIResponses ? part.Extensions : [];

    private bool HasMark(ContentPart part) => part.Cache is not null && context.Traits.CacheBreakpoints;

    private void TellUnsaid(ContentPart part)
    {
        if (part.Cache is not null && !context.Traits.CacheBreakpoints)
        {
            _losses.Note("cache_control");
        }

        TellFields(part);
    }

    private void TellFields(ContentPart part)
    {
        if (clientDialect != DialectIds.OpenAIResponses)
        {
            foreach (Extension extension in part.Extensions)
            {
                _losses.Drop($"messages[].content[].{extension.Name}");
            }
        }
    }
}
