using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Google.Gemini;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Steps of tools that Google runs itself, a search and what it found, code and its result. Each is kept whole, with
/// its signature in it.
/// </summary>
internal static class GoogleInteractionsServerSteps
{
    public static FrozenSet<string> Calls { get; } = FrozenSet.Create(
        "code_execution_call", "url_context_call", "google_search_call", "file_search_call", "google_maps_call",
        "mcp_server_tool_call", "retrieval_call");

    public static FrozenSet<string> Results { get; } = FrozenSet.Create(
        "code_execution_result", "url_context_result", "google_search_result", "file_search_result",
        "google_maps_result", "mcp_server_tool_result", "retrieval_result");

    /// <summary>A step that has come to its end, or one of a type that is new.</summary>
    public static OpaquePart Read(GoogleInteractionsOpenStep step)
    {
        JsonElement whole = step.Pieces.Count == 0 ? step.Json : Joined(step);
        return Calls.Contains(step.Type) ? Call(step.Type, whole)
            : Results.Contains(step.Type) ? Result(step.Type, whole)
            : new OpaquePart(DialectIds.GoogleInteractions, step.Type, whole);
    }

    public static ServerToolCallPart Call(string type, JsonElement step) => new(
        DialectIds.GoogleInteractions,
        type,
        step,
        step.TextOf("id") ?? "",
        step.TextOf("name") ?? type,
        step.ObjectOf("arguments") is { } arguments ? GoogleGeminiJson.OnOneLine(arguments) : "");

    public static ServerToolResultPart Result(string type, JsonElement step) =>
        new(DialectIds.GoogleInteractions, type, step, step.TextOf("call_id") ?? "", []);

    /// <summary>The step with what its pieces brought: of a field that comes twice, the later.</summary>
    private static JsonElement Joined(GoogleInteractionsOpenStep step)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonElement piece in step.Pieces.Prepend(step.Json))
        {
            foreach (JsonProperty field in piece.EnumerateObject())
            {
                fields[LenientText.Name(field)] = field.Value;
            }
        }

        // What a piece calls itself is not what the step is.
        fields.Remove("type");
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonSettings.Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, step.Type);
            foreach ((string name, JsonElement value) in fields)
            {
                writer.WritePropertyName(name);
                writer.WriteMended(value);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
