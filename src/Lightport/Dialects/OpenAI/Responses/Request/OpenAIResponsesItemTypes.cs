using System.Collections.Frozen;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// The types of input items that are kept whole, because only Responses has words for them
/// (https://platform.openai.com/docs/api-reference/responses/create#responses-create-input). All others that there are
/// stand in <see cref="OpenAIResponsesItemDecoder"/>; a type that stands nowhere is refused by name.
/// </summary>
internal static class OpenAIResponsesItemTypes
{
    /// <summary>What a provider did in an earlier answer: another one goes on without it, and that is told.</summary>
    public static FrozenSet<string> OfTheProvider { get; } = FrozenSet.Create(
        "file_search_call", "web_search_call", "computer_call", "image_generation_call", "code_interpreter_call",
        "mcp_list_tools", "mcp_approval_request", "mcp_call", "program", "program_output");

    /// <summary>
    /// What a client tells a provider that alone can understand it: to leave it out would change what is asked.
    /// </summary>
    public static FrozenSet<string> ForTheProvider { get; } = FrozenSet.Create(
        "computer_call_output", "mcp_approval_response", "compaction", "compaction_trigger");
}
