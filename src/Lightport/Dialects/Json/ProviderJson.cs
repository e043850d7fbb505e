using System.Text.Json;
using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Json;

/// <summary>Parses what providers send: broken UTF-8 in it becomes U+FFFD.</summary>
internal static class ProviderJson
{
    /// <summary>
    /// Whether an exception means that the text is no sound JSON: half a surrogate pair in a name counts as such.
    /// </summary>
    public static bool IsMalformed(Exception exception) => exception is JsonException or InvalidOperationException;

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> json) => JsonElement.Parse(Utf8Text.Mend(json));

    /// <summary>The object that a whole answer is.</summary>
    /// <exception cref="GatewayException">It is none.</exception>
    public static JsonElement ParseAnswer(ReadOnlySpan<byte> body)
    {
        JsonElement root;
        try
        {
            root = Parse(body);
        }
        catch (JsonException exception)
        {
            throw NotJson(exception);
        }

        return root.ValueKind == JsonValueKind.Object
            ? root
            : throw GatewayException.BadUpstream("The provider's answer is not a JSON object.");
    }

    /// <summary>The text of the object that a whole answer is, for a reader of its own.</summary>
    /// <exception cref="GatewayException">It is none.</exception>
    public static ReadOnlySpan<byte> AnswerText(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> text = Utf8Text.Mend(body);
        if (text.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..])
        {
            // Says what else it is.
            ParseAnswer(text);
        }

        return text;
    }

    public static GatewayException NotJson(Exception exception) =>
        GatewayException.BadUpstream("The provider's answer is not valid JSON.", exception);
}
