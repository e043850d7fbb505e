using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Reads <c>system</c> and <c>messages</c> into turns.</summary>
internal static class AnthropicMessagesMessageDecoder
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create("role", "content");

    public static List<Message> Decode(JsonElement root, RequestTally tally)
    {
        var messages = new List<Message>();
        if (AnthropicMessagesFields.Optional(root, "system") is { } system)
        {
            messages.Add(
                new Message(Role.System, AnthropicMessagesBlockDecoder.DecodeContent(system, "system", tally)));
        }

        JsonElement given = AnthropicMessagesFields.OptionalArray(root, "messages", "")
            ?? throw AnthropicMessagesFields.Missing("messages");
        if (given.GetArrayLength() == 0)
        {
            throw GatewayException.BadRequest("'messages' needs at least one message.", "messages");
        }

        int index = 0;
        foreach (JsonElement message in given.EnumerateArray())
        {
            tally.AddMessage();
            Add(messages, message, $"messages[{index++}]", tally);
        }

        return messages;
    }

    private static void Add(List<Message> messages, JsonElement message, string path, RequestTally tally)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            throw AnthropicMessagesFields.Wrong(path, "an object");
        }

        Role role = AnthropicMessagesFields.RequireString(message, "role", path) switch
        {
            "user" => Role.User,
            "assistant" => Role.Assistant,
            "system" => Role.System,
            _ => throw AnthropicMessagesFields.Wrong(path + ".role", "user, assistant or system"),
        };
        JsonElement content = AnthropicMessagesFields.Optional(message, "content")
            ?? throw AnthropicMessagesFields.Missing(path + ".content");
        List<ContentPart> parts = AnthropicMessagesBlockDecoder.DecodeContent(content, path + ".content", tally);
        RefuseMisplaced(role, parts, path);
        Extension[] extensions = [.. AnthropicMessagesFields.Others(message, Known, tally)];
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
    private static void RefuseMisplaced(Role role, List<ContentPart> parts, string path)
    {
        int index = parts.FindIndex(part => part switch
        {
            ToolCallPart or ReasoningPart => role != Role.Assistant,
            ToolResultPart => role != Role.User,
            _ => false,
        });
        if (index >= 0)
        {
            string place = parts[index] is ToolResultPart ? "a user turn" : "an assistant turn";
            throw GatewayException.BadRequest(
                $"'{path}.content[{index}]' is a block that stands only in {place}.", $"{path}.content[{index}]");
        }
    }
}
