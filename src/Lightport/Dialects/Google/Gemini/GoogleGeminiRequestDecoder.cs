using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Reads a request (https://ai.google.dev/api/generate-content#request-body). What the model has no word for is kept as
/// extensions.
/// </summary>
internal static class GoogleGeminiRequestDecoder
{
    private static readonly FrozenSet<string> Known = GoogleGeminiFields.Names(
        "model", "contents", "systemInstruction", "tools", "toolConfig", "generationConfig", "serviceTier",
        "cachedContent");

    /// <param name="model">The name that the request's path gives.</param>
    /// <exception cref="GatewayException">It is malformed.</exception>
    public static ChatRequest Decode(JsonEnvelope body, string model, bool stream, CancellationToken cancellationToken)
    {
        var fields = RequestFields.Of(body, cancellationToken);
        return Decode(new GoogleGeminiFields(fields, fields.Root), model, stream);
    }

    /// <summary>Reads a request to be counted, which may stand whole in a field of its own.</summary>
    /// <exception cref="GatewayException">It is malformed.</exception>
    public static ChatRequest DecodeCounted(JsonEnvelope body, string model, CancellationToken cancellationToken)
    {
        var fields = RequestFields.Of(body, cancellationToken);
        JsonElement? whole = new GoogleGeminiFields(fields, fields.Root).Object(fields.Root, "generateContentRequest");
        return Decode(new GoogleGeminiFields(fields, whole ?? fields.Root), model, stream: false);
    }

    private static ChatRequest Decode(GoogleGeminiFields fields, string model, bool stream)
    {
        JsonElement root = fields.Root;
        var extensions = new List<Extension>(fields.Others(root, Known));
        if (fields.Find(root, "cachedContent") is { } cached)
        {
            // A beginning of the conversation that only Google has.
            extensions.Add(new Extension("cachedContent", cached) { ChangesMeaning = true });
        }

        IReadOnlyList<ToolDefinition> tools = GoogleGeminiToolDecoder.Decode(fields);
        return new ChatRequest
        {
            Model = model,
            Dialect = DialectIds.GoogleGemini,
            Messages = new GoogleGeminiTurnDecoder(fields).Decode(),
            CallIdsAreOptional = true,
            Tools = tools,
            ToolChoice = GoogleGeminiToolChoice.Decode(fields, tools, extensions),
            Options = GoogleGeminiOptionsDecoder.Decode(fields, extensions),
            Stream = stream,
            IncludeUsage = true,
            Extensions = extensions,
        };
    }
}
