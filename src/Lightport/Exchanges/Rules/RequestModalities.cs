using Lightport.Cel;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Routing.Rules;

namespace Lightport.Exchanges.Rules;

/// <summary>What a request holds: <c>text</c>, <c>image</c>, <c>audio</c>, <c>video</c>, <c>file</c>.</summary>
internal static class RequestModalities
{
    public static CelValue Of(Exchange exchange, RuleVariables variables) => true switch
    {
        _ when exchange.Request.IsJson && IsTextAlone(exchange) => CelValue.Of(CelList.Of("text")),
        _ when exchange.Served is IServedConversation && variables.Conversation() is { } conversation =>
            CelValue.Of(CelList.Of(Of(conversation))),
        _ => CelValue.Error("the request's modalities cannot be read"),
    };

    /// <summary>In the order of the words.</summary>
    public static IEnumerable<string> Of(ChatRequest conversation)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (Message message in conversation.Messages)
        {
            Add(message.Parts, found);
        }

        return RuleLanguage.Modalities.Where(found.Contains);
    }

    /// <summary>Most requests are, and need not be decoded to be known for it.</summary>
    private static bool IsTextAlone(Exchange exchange) =>
        exchange.Served is not IServedConversation || !MediaMarks.MayStandIn(exchange.Request.Body.Span);

    private static void Add(IReadOnlyList<ContentPart> parts, HashSet<string> found)
    {
        foreach (ContentPart part in parts)
        {
            switch (part)
            {
                case TextPart:
                    found.Add("text");
                    break;
                case ImagePart:
                    found.Add("image");
                    break;
                case AudioPart:
                    found.Add("audio");
                    break;
                case FilePart file:
                    found.Add(IsVideo(file.Source) ? "video" : "file");
                    Add(file.Contents, found);
                    break;
                case ToolResultPart result:
                    Add(result.Parts, found);
                    break;
                case OpaquePart opaque:
                    Add(opaque.Shown, found);
                    break;
            }
        }
    }

    private static bool IsVideo(MediaSource source) =>
        source.MediaType?.StartsWith("video/", StringComparison.OrdinalIgnoreCase) == true;
}
