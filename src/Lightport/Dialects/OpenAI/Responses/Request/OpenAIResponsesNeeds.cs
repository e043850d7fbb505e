using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>What a request needs, read off its bytes.</summary>
internal static class OpenAIResponsesNeeds
{
    private static readonly ContentWords Words = new(
        ["content", "output", "outputs"],
        ["type"],
        ("input_image", ContentKinds.Image),
        ("computer_screenshot", ContentKinds.Image),
        ("image_generation_call", ContentKinds.Image),
        ("image", ContentKinds.Image),
        ("input_audio", ContentKinds.Audio),
        ("input_file", ContentKinds.File))
    {
        MarksTurns = true,
        Results = ["output", "outputs"],

        // Items and parts (https://platform.openai.com/docs/api-reference/responses/create#responses-create-input).
        // What an "item_reference" names is kept elsewhere, and is none of them.
        Plain =
        [
            "message", "input_text", "output_text", "text", "refusal", "reasoning", "reasoning_text", "summary_text",
            "function_call", "function_call_output", "custom_tool_call", "custom_tool_call_output", "logs",
            "file_search_call", "web_search_call", "code_interpreter_call", "computer_call", "computer_call_output",
            "local_shell_call", "local_shell_call_output", "shell_call", "shell_call_output",
            "apply_patch_call", "apply_patch_call_output", "program", "program_output",
            "mcp_list_tools", "mcp_call", "mcp_approval_request", "mcp_approval_response",
            "tool_search_call", "tool_search_output", "additional_tools", "compaction",
        ],
    };

    public static RequestNeeds Of(JsonEnvelope body) => ContentScan.In(
        new RequestNeeds
        {
            Tools = NeedFields.HasItems(body, "tools"),
            Schema = NeedFields.IsSchema(NeedFields.Value(NeedFields.Value(body, "text"), "format")),
            OutputTokens = NeedFields.Count(NeedFields.Value(body, "max_output_tokens")),
        },
        body,
        "input",
        Words);
}
