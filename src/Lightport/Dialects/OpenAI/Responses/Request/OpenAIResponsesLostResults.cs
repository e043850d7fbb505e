using System.Text.Json;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Calls that the gateway ran, and that come back without what came of them: OpenAI's Agents SDK leaves that out, since
/// OpenAI has it. A kept answer has it, too.
/// </summary>
internal static class OpenAIResponsesLostResults
{
    /// <summary>The id of such a call; null where an item is none.</summary>
    public static string? IdOf(JsonElement item) =>
        item.TextOf("type") == OpenAIResponsesMcpItems.Call
        && item.TextOf("status") is null or "completed" or "failed"
        && item.ValueOf("output") is null && item.ValueOf("error") is null
        && item.TextOf("id") is { } id && OpenAIResponsesMcpItems.IsOwn(id)
            ? id
            : null;

    /// <summary>The ids of all in an input, in their order; nearly every input has none, and is not read.</summary>
    public static IEnumerable<string> In(ReadOnlySpan<byte> input) =>
        input.IndexOf("\"mcp_lpm_"u8) < 0 || input[0] != '['
            ? []
            : JsonElement.Parse(input).EnumerateArray().Select(IdOf).OfType<string>();
}
