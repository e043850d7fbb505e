using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Why and when an answer ended
/// (https://platform.openai.com/docs/api-reference/responses/object#responses-object-incomplete_details).
/// </summary>
internal static class OpenAIResponsesFinish
{
    /// <param name="response">The response as it is in the end.</param>
    /// <param name="hasCalls">It waits for tools that the client runs.</param>
    public static Finish Of(JsonElement response, bool hasCalls) => Of(
        response.TextOf("status"), response.ObjectOf("incomplete_details")?.TextOf("reason"), hasCalls);

    /// <param name="status">The response's <c>status</c>.</param>
    /// <param name="reason">Why it is incomplete, where it is.</param>
    public static Finish Of(string? status, string? reason, bool hasCalls) => (status, reason) switch
    {
        (_, "max_output_tokens") => new Finish(FinishReason.Length),
        (_, "content_filter") => new Finish(FinishReason.ContentFilter),
        ("incomplete", _) => new Finish(FinishReason.Length, reason),
        _ => new Finish(hasCalls ? FinishReason.ToolCalls : FinishReason.Stop),
    };

    /// <summary>Seconds since 1970-01-01T00:00:00Z; 0 where it is not told.</summary>
    public static long CreatedAt(JsonElement response) =>
        response.ValueOf("created_at") is { ValueKind: JsonValueKind.Number } value
            ? value.TryGetInt64(out long whole) ? whole : (long)value.GetDouble()
            : 0;

    /// <summary>The tier that the answer was served in: <c>auto</c> is what was asked for, and not yet one.</summary>
    public static string? TierOf(JsonElement response) => TierOf(response.TextOf("service_tier"));

    /// <param name="told">The response's <c>service_tier</c>; null for none.</param>
    public static string? TierOf(string? told) => told == "auto" ? null : told;
}
