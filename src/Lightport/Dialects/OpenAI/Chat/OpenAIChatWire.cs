using System.Text.Encodings.Web;
using System.Text.Json;
using Lightport.Conversation;

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

    public const int MaxDepth = 64;

    public static readonly JsonWriterOptions Writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static readonly JsonReaderOptions Reading = new() { MaxDepth = MaxDepth };

    public static readonly JsonDocumentOptions StrictDocument = new()
    {
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = false,
    };

    private static readonly JsonDocumentOptions LenientDocument = new() { MaxDepth = MaxDepth };

    public static ReadOnlySpan<byte> Done => "data: [DONE]\n\n"u8;

    public static GatewayError NotJson =>
        GatewayError.BadUpstream("The provider sent a stream event that is not valid JSON.", ErrorStage.Stream);

    public static GatewayError BrokenOff =>
        GatewayError.BadUpstream("The provider broke off its answer before it was complete.", ErrorStage.Stream);

    public static GatewayError NoAnswer =>
        GatewayError.BadUpstream("The provider ended its stream without an answer.", ErrorStage.Stream);

    /// <summary>The id of an answer that its provider gave none.</summary>
    public static string NewId(string requestId) => "chatcmpl-" + requestId;

    /// <summary>The whole body of a provider's answer.</summary>
    /// <exception cref="GatewayException">It is no JSON object, or it is an error in spite of its status.</exception>
    public static JsonElement ParseAnswer(ReadOnlyMemory<byte> body)
    {
        JsonElement root;
        try
        {
            root = JsonElement.Parse(body.Span, LenientDocument);
        }
        catch (JsonException exception)
        {
            throw GatewayException.BadUpstream("The provider's answer is not valid JSON.", exception);
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            throw GatewayException.BadUpstream("The provider's answer is not a JSON object.");
        }

        return root.TryGetProperty("error", out JsonElement error) && OpenAIChatErrorReader.IsError(error)
            ? throw new GatewayException(OpenAIChatErrorReader.InsideSuccess(body.Span, ErrorStage.Decode))
            : root;
    }
}
