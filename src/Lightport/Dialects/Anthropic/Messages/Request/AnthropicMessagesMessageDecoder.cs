using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Reads <c>system</c> and <c>messages</c> into turns.</summary>
internal static class AnthropicMessagesMessageDecoder
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create("role", "content");

    public static List<Message> Decode(RequestFields fields)
    {
        var messages = new List<Message>();
        if (fields.Find(fields.Root, "system") is { } system)
        {
            List<ContentPart> parts = AnthropicMessagesBlockDecoder.DecodeContent(fields, system);
            AnthropicMessagesBilling.SetApart(parts);
            messages.Add(new Message(Role.System, parts));
        }

        int before = messages.Count;
        JsonElement given = fields.Required(fields.Root, "messages");
        foreach (JsonElement message in fields.Items(fields.Root, "messages"))
        {
            fields.Tally.AddMessage();
            Add(messages, fields, message);
        }

        return messages.Count > before
            ? messages
            : throw fields.Wrong(given, "needs at least one message");
    }

    private static void Add(List<Message> messages, RequestFields fields, JsonElement message)
    {
        Role role = fields.RequiredText(message, "role") switch
        {
            "user" => Role.User,
            "assistant" => Role.Assistant,
            "system" => Role.System,
            _ => throw fields.Wrong(fields.Required(message, "role"), "must be user, assistant or system"),
        };
        if (role == Role.System && fields.Object(message, "output_config") is not null
            && fields.Find(message, "content") is null)
        {
            // Such a turn may change settings alone.
            messages.Add(new Message(role, []) { Extensions = fields.Others(message, Known) });
            return;
        }

        JsonElement content = fields.Required(message, "content");
        List<ContentPart> parts = AnthropicMessagesBlockDecoder.DecodeContent(fields, content);
        if (role == Role.System)
        {
            AnthropicMessagesBilling.SetApart(parts);
        }

        RefuseMisplaced(role, parts, fields, content);
        AnthropicMessagesRunDecoder.Pair(parts, fields, content);
        AnthropicMessagesCallStates.Restore(parts);
        IReadOnlyList<Extension> extensions = fields.Others(message, Known);
        if (role == Role.User && parts.Exists(part => part is ToolResultPart))
        {
            // Tool results stand first in a user turn; what the user says beside them is a turn of its own here.
            messages.Add(new Message(Role.Tool, [.. parts.OfType<ToolResultPart>()]) { Extensions = extensions });
            parts.RemoveAll(part => part is ToolResultPart);
            if (parts.Count == 0)
            {
                return;
            }
        }

        messages.Add(new Message(role, parts) { Extensions = extensions });
    }

    /// <summary>Only the model calls and thinks, only a user turn answers its calls.</summary>
    private static void RefuseMisplaced(
        Role role, List<ContentPart> parts, RequestFields fields, JsonElement content)
    {
        int index = parts.FindIndex(part => part switch
        {
            ToolCallPart or ReasoningPart or McpCallPart or McpResultPart => role != Role.Assistant,
            ToolResultPart => role != Role.User,
            _ => false,
        });
        if (index >= 0)
        {
            string place = parts[index] is ToolResultPart ? "a user turn" : "an assistant turn";
            string at = $"{fields.PathOf(content)}[{index}]";
            throw GatewayException.BadRequest($"'{at}' is a block that stands only in {place}.", at);
        }
    }
}
