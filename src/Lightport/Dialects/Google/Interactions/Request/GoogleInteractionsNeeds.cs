using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>What a request needs, read off its bytes.</summary>
internal static class GoogleInteractionsNeeds
{
    private static readonly ContentWords Words = new(
        ["content", "result"],
        ["type"],
        ("image", ContentKinds.Image),
        ("audio", ContentKinds.Audio),
        ("video", ContentKinds.Video),
        ("document", ContentKinds.File))
    {
        MarksTurns = true,
        Results = ["result"],

        // Steps and contents (https://ai.google.dev/api/interactions-api).
        Plain =
        [
            "text", "user_input", "model_output", "thought", "function_call", "function_result",
            "code_execution_call", "code_execution_result", "url_context_call", "url_context_result",
            "google_search_call", "google_search_result", "google_maps_call", "google_maps_result",
            "file_search_call", "file_search_result", "mcp_server_tool_call", "mcp_server_tool_result",
        ],
    };

    public static RequestNeeds Of(JsonEnvelope body) => ContentScan.In(
        new RequestNeeds
        {
            Tools = NeedFields.HasItems(body, "tools"),
            Schema = IsSchema(NeedFields.Value(body, "response_format")),
            OutputTokens = NeedFields.Count(
                NeedFields.Value(NeedFields.Value(body, "generation_config"), "max_output_tokens")),
        },
        body,
        "input",
        Words);

    /// <summary>A format of text with a schema in it, or a bare JSON Schema, whose type is one of JSON's.</summary>
    private static bool IsSchema(ReadOnlySpan<byte> format)
    {
        ReadOnlySpan<byte> type = NeedFields.Value(format, "type");
        bool isFormat = type.SequenceEqual("\"text\""u8) || type.SequenceEqual("\"image\""u8)
            || type.SequenceEqual("\"audio\""u8) || type.SequenceEqual("\"video\""u8);
        return isFormat
            ? JsonObjectText.IsObject(NeedFields.Value(format, "schema"))
            : JsonObjectText.IsObject(format);
    }
}
