using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Lightport.Conversation;

/// <summary>
/// Guesses how many tokens a chat is before it is asked: its text at four bytes a token, a picture or a file at about
/// what vendors say that one costs. Unlike the length of a body it does not take a file's base64 for text.
/// </summary>
internal static class PromptEstimator
{
    /// <summary>
    /// A picture at the size that vendors scale it to
    /// (https://platform.claude.com/docs/en/build-with-claude/vision#calculate-image-costs).
    /// </summary>
    private const long TokensOfImage = 1_600;

    /// <summary>A PDF has some 100 kB a page, and a page some 3,000 tokens.</summary>
    private const int FileBytesPerToken = 32;

    /// <summary>What marks a turn and names its speaker.</summary>
    private const long TokensOfTurn = 4;

    public static long Estimate(ChatRequest request)
    {
        var referenced = new HashSet<string>(StringComparer.Ordinal);
        long files = 0;
        long bytes = 0;
        foreach (Message message in request.Messages)
        {
            files += TokensOfTurn;
            foreach (ContentPart part in message.Parts)
            {
                Add(part, referenced, ref bytes, ref files);
            }
        }

        foreach (ToolDefinition tool in request.Tools)
        {
            if (!tool.DeferLoading || referenced.Contains(tool.Name))
            {
                bytes += BytesOf(tool);
            }
        }

        bytes += BytesOf(request.Options.ResponseFormat?.Schema);
        return UsageEstimator.TokensOf(bytes) + files;
    }

    private static void Add(ContentPart part, HashSet<string> referenced, ref long bytes, ref long files)
    {
        switch (part)
        {
            case TextPart text:
                bytes += Encoding.UTF8.GetByteCount(text.Text);
                break;
            case RefusalPart refusal:
                bytes += Encoding.UTF8.GetByteCount(refusal.Text);
                break;
            case ReasoningPart reasoning:
                bytes += Encoding.UTF8.GetByteCount(reasoning.Text);
                break;
            case ToolCallPart call:
                bytes += Encoding.UTF8.GetByteCount(call.Name) + Encoding.UTF8.GetByteCount(call.Arguments);
                break;
            case ToolResultPart result:
                referenced.UnionWith(result.ToolReferences);
                AddAll(result.Parts, referenced, ref bytes, ref files);
                break;
            case ImagePart:
                files += TokensOfImage;
                break;
            case FilePart file:
                AddAll(file.Contents, referenced, ref bytes, ref files);
                AddSource(file.Source, ref bytes, ref files);
                break;
            case AudioPart audio:
                AddSource(audio.Source, ref bytes, ref files);
                break;
            case OpaquePart opaque:
                bytes += BytesOf(opaque.Json);
                break;
        }
    }

    private static void AddAll(
        IReadOnlyList<ContentPart> parts, HashSet<string> referenced, ref long bytes, ref long files)
    {
        foreach (ContentPart part in parts)
        {
            Add(part, referenced, ref bytes, ref files);
        }
    }

    private static void AddSource(MediaSource source, ref long bytes, ref long files)
    {
        if (source.Text is { } text)
        {
            bytes += Encoding.UTF8.GetByteCount(text);
        }
        else
        {
            // Of one that is elsewhere nothing is known: it counts as a picture does.
            files += Math.Max(TokensOfImage, (source.Base64?.Length ?? 0) / FileBytesPerToken);
        }
    }

    private static long BytesOf(ToolDefinition tool) => tool.Native is { } native
        ? BytesOf(native)
        : Encoding.UTF8.GetByteCount(tool.Name)
            + Encoding.UTF8.GetByteCount(tool.Description ?? "")
            + BytesOf(tool.Parameters);

    private static long BytesOf(JsonElement? json) =>
        json is { ValueKind: not JsonValueKind.Undefined } value ? JsonMarshal.GetRawUtf8Value(value).Length : 0;
}
