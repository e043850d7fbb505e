using System.Globalization;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Reads the errors that providers on OpenAI's wires send: the object of OpenAI, and some thirty other shapes.
/// </summary>
internal static class OpenAIChatErrorReader
{
    /// <param name="status">The answer's status, 400 and up.</param>
    /// <param name="body">Anything: an error object, a page, nothing.</param>
    public static GatewayError Read(int status, ReadOnlySpan<byte> body) => Read(status, body, ErrorStage.Upstream);

    /// <summary>
    /// An error whose status says success: its own <c>code</c> or <c>status</c> tells the real one, or its words do,
    /// else 502.
    /// </summary>
    public static GatewayError InsideSuccess(ReadOnlySpan<byte> body, ErrorStage stage) => Read(0, body, stage);

    /// <summary>Whether an <c>error</c> field says that something failed.</summary>
    public static bool IsError(JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.Object => error.EnumerateObject().Any(),
        JsonValueKind.String => error.Text().Length > 0,
        JsonValueKind.True => true,
        _ => false,
    };

    private static GatewayError Read(int status, ReadOnlySpan<byte> body, ErrorStage stage)
    {
        if (TryParse(body) is not { ValueKind: JsonValueKind.Object } root)
        {
            return Create(status == 0 ? 502 : status, null, default, stage);
        }

        JsonElement error = root.ValueOf("error") is { ValueKind: JsonValueKind.Object } inner ? inner : root;
        int effective = status > 0
            ? status
            : StatusIn(error) ?? StatusIn(root)
                ?? OpenAIChatErrorKinds.StatusOf(Word(error, "code"), Word(error, "type"));
        return Create(effective, Message(root, error), error, stage);
    }

    private static GatewayError Create(int status, string? message, JsonElement error, ErrorStage stage)
    {
        string? code = Word(error, "code");
        string? type = Word(error, "type");
        string? innerCode = error.ValueOf("innererror") is { } inner ? inner.TextOf("code") : null;
        ErrorKind kind = OpenAIChatErrorKinds.Of(status, code ?? innerCode, type, message);
        string said = message ?? string.Create(
            CultureInfo.InvariantCulture, $"The provider answered with status {status} and no error object.");
        return new GatewayError(stage, kind, status, said)
        {
            Type = type,
            Code = code,
            Param = error.TextOf("param"),
            Retryable = status is 408 or 409 or 425 or 429 or >= 500,
        };
    }

    private static JsonElement? TryParse(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            return JsonElement.TryParseValue(ref reader, out JsonElement? value) ? value : null;
        }
        catch (JsonException)
        {
            // A page or a cut body: there is no error object in it.
            return null;
        }
    }

    private static string? Message(JsonElement root, JsonElement error)
    {
        string? message = root.TextOf("error") ?? error.TextOf("message") ?? root.TextOf("message")
            ?? root.TextOf("detail") ?? root.TextOf("error_description") ?? Details(root);

        // OpenRouter hides the provider's own words one level down.
        if (error.ValueOf("metadata") is { } metadata && metadata.TextOf("raw") is { Length: > 0 } raw
            && message is null or "Provider returned error")
        {
            message = message is null ? raw : $"{message}: {raw}";
        }

        return message;
    }

    /// <summary>FastAPI's validation errors: a list of where and what.</summary>
    private static string? Details(JsonElement root)
    {
        string[] lines =
        [
            .. root.ItemsOf("detail").Where(item => item.TextOf("msg") is not null).Select(item =>
                string.Join('.', item.ItemsOf("loc").Select(step => step.Words())) + ": " + item.TextOf("msg")),
        ];
        return lines.Length > 0 ? string.Join("; ", lines) : null;
    }

    /// <summary>A machine-readable word; a number there is only the status again.</summary>
    private static string? Word(JsonElement error, string name) =>
        error.TextOf(name) is { Length: > 0 } word && !int.TryParse(word, CultureInfo.InvariantCulture, out _)
            ? word
            : null;

    private static int? StatusIn(JsonElement owner)
    {
        foreach (string name in (string[])["status", "status_code", "code"])
        {
            if (owner.ValueOf(name) is { } value
                && int.TryParse(value.Words(), CultureInfo.InvariantCulture, out int status)
                && status is >= 400 and <= 599)
            {
                return status;
            }
        }

        return null;
    }
}
