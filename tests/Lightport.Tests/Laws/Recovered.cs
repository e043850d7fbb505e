using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Tests.Laws.Reading;

namespace Lightport.Tests.Laws;

/// <summary>The errors that a recording tells, read without the gateway's own decoders.</summary>
internal static class Recovered
{
    public static bool IsErrorInside(RecordedAnswer recorded) =>
        Bodies(recorded).Any(body => body["error"] is JsonObject { Count: > 0 } or JsonValue);

    /// <summary>An error's message and its machine-readable code, where it has them.</summary>
    public static (string? Message, string? Code) Error(RecordedAnswer recorded)
    {
        JsonObject? body = Bodies(recorded).FirstOrDefault();
        return body?["error"] is JsonObject error
            ? (Text(error["message"]), Text(error["code"]))
            : (Text(body?["error"]) ?? Text(body?["message"]), null);
    }

    private static IEnumerable<JsonObject> Bodies(RecordedAnswer recorded) =>
        recorded.IsStream ? SseData.Objects(recorded.Body)
        : Whole(recorded.Text) is { } body ? [body] : [];

    /// <summary>Null for a page, or a line of text.</summary>
    private static JsonObject? Whole(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;
}
