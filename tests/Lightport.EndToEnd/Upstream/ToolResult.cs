using System.Text.Json;

namespace Lightport.EndToEnd.Upstream;

/// <summary>What a tool has returned.</summary>
/// <param name="Id">The id of the call, or the function's name on the wire that has no ids.</param>
/// <param name="Text">All text of the result.</param>
internal sealed record ToolResult(string Id, string Text)
{
    /// <summary>The results in a history, in order, whichever way the wire says them.</summary>
    public static IEnumerable<ToolResult> Of(Wire wire, JsonElement body) => wire switch
    {
        Wire.OpenAI => Items(body, "messages").Where(message => Is(message, "role", "tool"))
            .Select(message => From(message, "tool_call_id", "content")),
        Wire.Anthropic => Items(body, "messages").SelectMany(message => Items(message, "content"))
            .Where(block => Is(block, "type", "tool_result"))
            .Select(block => From(block, "tool_use_id", "content")),
        Wire.Responses => Items(body, "input").Where(item => Is(item, "type", "function_call_output"))
            .Select(item => From(item, "call_id", "output")),
        Wire.Interactions => Items(body, "input").Where(step => Is(step, "type", "function_result"))
            .Select(step => From(step, "call_id", "result")),
        Wire.Gemini => Members(
                Items(body, "contents").SelectMany(content => Items(content, "parts")), "functionResponse")
            .Select(response => From(response, "name", "response")),
        _ => Members(Items(body, "messages").SelectMany(message => Items(message, "content")), "toolResult")
            .Select(result => From(result, "toolUseId", "content")),
    };

    private static ToolResult From(JsonElement owner, string id, string content) =>
        new(owner.GetProperty(id).GetString()!, AllText(owner.GetProperty(content)));

    /// <summary>The elements of a list; none where a text stands in its place.</summary>
    private static JsonElement.ArrayEnumerator Items(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : default;

    private static IEnumerable<JsonElement> Members(IEnumerable<JsonElement> owners, string name)
    {
        foreach (JsonElement owner in owners)
        {
            if (owner.TryGetProperty(name, out JsonElement member))
            {
                yield return member;
            }
        }
    }

    private static bool Is(JsonElement owner, string name, string value) =>
        owner.TryGetProperty(name, out JsonElement member) && member.ValueEquals(value);

    private static string AllText(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString()!,
        JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(AllText)),
        JsonValueKind.Object when content.TryGetProperty("text", out JsonElement text) => text.GetString()!,
        JsonValueKind.Object => string.Concat(content.EnumerateObject().Select(member => AllText(member.Value))),
        _ => "",
    };
}
