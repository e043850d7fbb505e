using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lightport.Tests.Prefix;

/// <summary>
/// What of a request's body a model reads, and so what a cache and a signature are bound to. Marks of the cache are the
/// client's own and move with each request: they are left out.
/// </summary>
internal sealed record Sent(
    IReadOnlyList<string> Tools, IReadOnlyList<string> System, IReadOnlyList<SentMessage> Messages)
{
    private const string Mark = "cache_control";

    public static Sent Of(string body)
    {
        JsonElement root = JsonElement.Parse(body);
        if (root.TryGetProperty("contents", out _))
        {
            return OfGemini(root);
        }

        return new Sent(
            [.. Items(root, "tools").Concat(Items(root, "functions")).Select(Text)],
            root.TryGetProperty("system", out JsonElement system)
                || root.TryGetProperty("system_instruction", out system) ? Blocks(system) : [],
            [.. Items(root, "messages").Concat(Items(root, "input")).Select(Message)]);
    }

    private static Sent OfGemini(JsonElement root) => new(
        [.. Items(root, "tools").SelectMany(tool => Items(tool, "functionDeclarations")).Select(Text)],
        root.TryGetProperty("systemInstruction", out JsonElement system) ? [.. Items(system, "parts").Select(Text)] : [],
        [
            .. Items(root, "contents").Select(turn => new SentMessage(
                Text(turn), turn.GetProperty("role").GetString()!, "", [.. Items(turn, "parts").Select(Text)])),
        ]);

    private static JsonElement.ArrayEnumerator Items(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement list) ? list.EnumerateArray() : default;

    private static SentMessage Message(JsonElement message)
    {
        JsonObject head = JsonNode.Parse(Text(message))!.AsObject();
        head.Remove("content");
        return new SentMessage(
            Text(message),
            RoleOf(message),
            PlainJson.Of(head),
            message.TryGetProperty("content", out JsonElement content) ? Blocks(content) : []);
    }

    /// <summary>Items and steps have a type instead.</summary>
    private static string RoleOf(JsonElement message) =>
        (message.TryGetProperty("role", out JsonElement role) ? role : message.GetProperty("type")).GetString() switch
        {
            "model_output" => "assistant",
            var said => said!,
        };

    private static string[] Blocks(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => [$$"""{"type":"text","text":{{content.GetRawText()}}}"""],
        JsonValueKind.Array => [.. content.EnumerateArray().Select(Text)],
        _ => [],
    };

    private static string Text(JsonElement json)
    {
        string text = json.GetRawText();
        if (!text.Contains(Mark, StringComparison.Ordinal))
        {
            return text;
        }

        JsonNode node = JsonNode.Parse(text)!;
        Unmark(node);
        return PlainJson.Of(node);
    }

    private static void Unmark(JsonNode? node)
    {
        if (node is JsonObject owner)
        {
            owner.Remove(Mark);
            owner.ToList().ForEach(field => Unmark(field.Value));
        }
        else if (node is JsonArray list)
        {
            list.ToList().ForEach(Unmark);
        }
    }
}
