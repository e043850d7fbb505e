using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>What a request needs, read off its bytes.</summary>
internal static class AnthropicMessagesNeeds
{
    private static readonly ContentWords Words = new(
        ["content"],
        ["type"],
        ("image", ContentKinds.Image),
        ("document", ContentKinds.File))
    {
        TextSource = "source",

        // Blocks, what stands in those of tools' results, and what comes back with the history
        // (https://platform.claude.com/docs/en/api/messages). A "container_upload" names a file, and is none of them.
        Plain =
        [
            "text", "thinking", "redacted_thinking", "search_result", "compaction", "fallback", "mid_conv_system",
            "tool_use", "tool_result", "tool_reference", "tool_addition", "tool_removal",
            "server_tool_use", "mcp_tool_use", "mcp_tool_result",
            "web_search_tool_result", "web_search_result", "web_search_tool_result_error",
            "web_fetch_tool_result", "web_fetch_result", "web_fetch_tool_result_error",
            "advisor_tool_result", "advisor_result", "advisor_redacted_result", "advisor_tool_result_error",
            "code_execution_tool_result", "code_execution_result", "code_execution_output",
            "encrypted_code_execution_result", "code_execution_tool_result_error",
            "bash_code_execution_tool_result", "bash_code_execution_result", "bash_code_execution_output",
            "bash_code_execution_tool_result_error",
            "text_editor_code_execution_tool_result", "text_editor_code_execution_view_result",
            "text_editor_code_execution_create_result", "text_editor_code_execution_str_replace_result",
            "text_editor_code_execution_tool_result_error",
            "tool_search_tool_result", "tool_search_tool_search_result", "tool_search_tool_result_error",
        ],
    };

    public static RequestNeeds Of(JsonEnvelope body)
    {
        var needs = new RequestNeeds
        {
            Tools = NeedFields.HasItems(body, "tools"),
            Schema = NeedFields.IsSchema(NeedFields.Value(NeedFields.Value(body, "output_config"), "format"))
                || NeedFields.IsSchema(NeedFields.Value(body, "output_format")),
            OutputTokens = NeedFields.Count(NeedFields.Value(body, "max_tokens")),
        };
        return ContentScan.In(ContentScan.In(needs, body, "messages", Words), body, "system", Words, PartRole.Part);
    }
}
