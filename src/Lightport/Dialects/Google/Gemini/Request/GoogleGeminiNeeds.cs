using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>What a request needs, read off its bytes; each name in both of the spellings that Google takes.</summary>
internal static class GoogleGeminiNeeds
{
    private static readonly ContentWords Words = new(
        [
            "parts", "inlineData", "inline_data", "fileData", "file_data", "functionResponse", "function_response",
        ],
        ["mimeType", "mime_type"],
        ("image/", ContentKinds.Image),
        ("audio/", ContentKinds.Audio),
        ("video/", ContentKinds.Video),
        ("application/", ContentKinds.File))
    {
        Pieces = ["inlineData", "inline_data", "fileData", "file_data"],

        // https://ai.google.dev/api/caching#Part
        Fields =
        [
            "text", "thought", "thoughtSignature", "thought_signature", "partMetadata", "part_metadata",
            "inlineData", "inline_data", "fileData", "file_data", "videoMetadata", "video_metadata",
            "mediaResolution", "media_resolution", "audioTranscription", "audio_transcription",
            "functionCall", "function_call", "functionResponse", "function_response",
            "toolCall", "tool_call", "toolResponse", "tool_response",
            "executableCode", "executable_code", "codeExecutionResult", "code_execution_result",
        ],
    };

    private static readonly string[] Turns = ["contents", "systemInstruction", "system_instruction"];

    private static readonly string[] Schemas =
    [
        "responseSchema", "response_schema", "responseJsonSchema", "response_json_schema", "_responseJsonSchema",
    ];

    public static RequestNeeds Of(JsonEnvelope body)
    {
        ReadOnlySpan<byte> options = NeedFields.Value(body, "generationConfig");
        options = options.IsEmpty ? NeedFields.Value(body, "generation_config") : options;
        bool schema = false;
        foreach (string name in Schemas)
        {
            schema |= JsonObjectText.IsObject(NeedFields.Value(options, name));
        }

        var needs = new RequestNeeds
        {
            Tools = NeedFields.HasItems(body, "tools"),
            Schema = schema,
            OutputTokens = NeedFields.Count(NeedFields.Value(options, "maxOutputTokens"))
                ?? NeedFields.Count(NeedFields.Value(options, "max_output_tokens")),
        };
        foreach (string turns in Turns)
        {
            needs = ContentScan.In(needs, body, turns, Words);
        }

        return needs;
    }
}
