using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Words and rules of the wire (https://platform.openai.com/docs/api-reference/chat) that more than one coder needs.
/// </summary>
internal static class OpenAIChatWire
{
    public const string Completion = "chat.completion";
    public const string Chunk = "chat.completion.chunk";

    public const string ReasoningContent = "reasoning_content";
    public const string Reasoning = "reasoning";
    public const string ReasoningDetails = "reasoning_details";
    public const string ExtraContent = "extra_content";

    public static ReadOnlySpan<byte> Done => "data: [DONE]\n\n"u8;

    /// <summary>The id of an answer that its provider gave none.</summary>
    public static string NewId(string requestId) => "chatcmpl-" + requestId;

    /// <summary>The whole body of a provider's answer.</summary>
    /// <exception cref="GatewayException">It is no JSON object, or it is an error in spite of its status.</exception>
    public static JsonElement ParseAnswer(ReadOnlyMemory<byte> body)
    {
        JsonElement root = ProviderJson.ParseAnswer(body.Span);
        return LenientText.TryGetProperty(root, "error", out JsonElement error) && OpenAIChatErrorReader.IsError(error)
            ? throw new GatewayException(OpenAIChatErrorReader.InsideSuccess(body.Span, ErrorStage.Decode))
            : root;
    }
}
