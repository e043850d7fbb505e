using System.Runtime.InteropServices;
using System.Text.Json;
using Lightport.Cel;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Routing.Rules;
using Lightport.Transport.Body;

namespace Lightport.Exchanges.Rules;

/// <summary>
/// What the system and the user say in a request, turn after turn with a line end between: <c>prompt</c>. It is whole
/// or an error: a guard must not be got around by hiding text behind so much that it is cut off.
/// </summary>
internal static class PromptText
{
    private const string TooLong = "the prompt is too long for a rule";
    private const string Unreadable = "the prompt cannot be read";

    public static CelValue Of(Exchange exchange, RuleVariables variables)
    {
        var texts = new BoundedText(RuleLanguage.LongestPrompt);
        bool isRead = exchange.Served is IServedConversation
            ? variables.Conversation() is { } conversation && Add(conversation, texts)
            : exchange.Request.IsJson ? Add(exchange, texts)
            : exchange.Request.IsForm && Add(exchange.Request.Form, texts);
        return texts.IsFull ? CelValue.Error(TooLong)
            : isRead ? CelValue.Of(texts.ToString())
            : CelValue.Error(Unreadable);
    }

    private static bool Add(ChatRequest conversation, BoundedText texts)
    {
        foreach (Message message in conversation.Messages)
        {
            if (message.Role is Role.System or Role.Developer or Role.User)
            {
                Add(message.Parts, texts);
            }
        }

        return true;
    }

    private static void Add(IReadOnlyList<ContentPart> parts, BoundedText texts)
    {
        foreach (ContentPart part in parts)
        {
            switch (part)
            {
                case TextPart text:
                    texts.Add(text.Text);
                    break;
                case FilePart file:
                    texts.Add(file.Context);
                    texts.Add(file.Source.Text);
                    Add(file.Contents, texts);
                    break;
                case OpaquePart opaque:
                    // Only its own dialect knows which of its texts the model is shown: any may be.
                    JsonTexts.Add(JsonMarshal.GetRawUtf8Value(opaque.Json), texts);
                    break;
            }
        }
    }

    /// <summary>An operation that is no conversation, as embeddings are: all the texts of what is said.</summary>
    private static bool Add(Exchange exchange, BoundedText texts) =>
        exchange.Served.ContentField is { } content
        && exchange.Request.Json.TryGet(content, out JsonField field)
        && JsonTexts.Add(exchange.Request.Json.Value(field), texts);

    private static bool Add(FormBody form, BoundedText texts)
    {
        foreach (FormPart part in form.Parts)
        {
            if (!part.IsFile && part.Name != "model")
            {
                if (form.Text(part) is not { } text)
                {
                    return false;
                }

                texts.Add(text);
            }
        }

        return true;
    }
}
