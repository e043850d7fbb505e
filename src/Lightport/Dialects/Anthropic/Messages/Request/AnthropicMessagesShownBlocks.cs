using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Blocks of a request that no other dialect has, kept whole, with what others say in their place: results of the
/// client's own search (https://platform.claude.com/docs/en/build-with-claude/search-results), summaries of what was
/// said (…/compaction), changes of tools (…/mid-conversation-system-messages).
/// </summary>
internal static class AnthropicMessagesShownBlocks
{
    /// <summary>Null where the block is none of these.</summary>
    public static OpaquePart? Read(RequestFields fields, string type, JsonElement block) => type switch
    {
        "search_result" => Opaque(type, block) with { Shown = [SearchResult(fields, block)] },
        "compaction" => Compaction(fields, block),
        "tool_addition" or "tool_removal" => ToolChanges(fields, type, block),
        _ => null,
    };

    private static OpaquePart Opaque(string type, JsonElement block) =>
        new(DialectIds.AnthropicMessages, type, block);

    private static FilePart SearchResult(RequestFields fields, JsonElement block)
    {
        string source = fields.RequiredText(block, "source");
        return new FilePart(MediaSource.FromText(""))
        {
            Filename = fields.RequiredText(block, "title"),
            Context = source,
            Contents = AnthropicMessagesBlockDecoder.DecodeContent(fields, fields.Required(block, "content")),
            Citations = fields.Object(block, "citations") is { } citations
                ? fields.Boolean(citations, "enabled")
                : null,
        };
    }

    /// <summary>One without content is of a compaction that failed, and means nothing.</summary>
    private static OpaquePart Compaction(RequestFields fields, JsonElement block)
    {
        string? summary = fields.Text(block, "content");
        bool isNothing = summary is null && fields.Text(block, "encrypted_content") is null;
        return Opaque("compaction", block) with
        {
            IsAside = isNothing,
            StandsForAllBefore = summary is not null,
            Shown = summary is null ? [] : [new TextPart("Summary of the conversation so far:\n" + summary)],
            ToolChanges =
            [
                .. fields.Items(block, "tool_changes").Select(change => Change(fields, change)).OfType<ToolChange>(),
            ],
        };
    }

    private static OpaquePart ToolChanges(RequestFields fields, string type, JsonElement block)
    {
        OpaquePart part = Opaque(type, block);
        return Change(fields, block) is { } change
            ? part with
            {
                ToolChanges = [change],
                Shown =
                [
                    new TextPart($"Tools {(change.IsRemoval ? "no longer" : "now")} available: {change.Name}"),
                ],
            }
            : part;
    }

    /// <summary>Null where it is not about a tool of the client's: MCP servers are the provider's to ask.</summary>
    private static ToolChange? Change(RequestFields fields, JsonElement block)
    {
        bool isRemoval = fields.RequiredText(block, "type") == "tool_removal";
        JsonElement tool = fields.RequiredObject(block, "tool");
        switch (fields.RequiredText(tool, "type"))
        {
            case "tool_reference":
                return new ToolChange(fields.RequiredText(tool, "name"), isRemoval);
            case "tool_definition":
                ToolDefinition definition =
                    AnthropicMessagesToolDecoder.Decode(fields, fields.RequiredObject(tool, "definition"));
                return new ToolChange(definition.Name, isRemoval) { Definition = definition };
            default:
                return null;
        }
    }
}
