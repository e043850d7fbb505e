using System.Globalization;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Json;

/// <summary>Looks at a client's body that must be a JSON object, and at what most dialects have at its top.</summary>
internal static class JsonBody
{
    /// <summary>
    /// Values of a whole body: to be looked at each takes many times the two bytes that it may be written in. Inputs
    /// given as tokens stay far below (https://platform.openai.com/docs/api-reference/embeddings/create).
    /// </summary>
    internal const int MostValues = 2_000_000;

    /// <exception cref="GatewayException">
    /// The body is not one JSON object, and the error says where it breaks; or it has too many values.
    /// </exception>
    public static JsonEnvelope Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            JsonEnvelope envelope = JsonEnvelope.Read(body);
            return HasTooManyValues(body.Span)
                ? throw GatewayException.BadRequest(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The request holds more than {MostValues:N0} values. Send less in one request."),
                    code: "request_too_complex")
                : envelope;
        }
        catch (JsonException e)
        {
            throw Refused(Describe(e, body.Length), e);
        }
    }

    /// <summary>All the body's values, for whoever takes it apart.</summary>
    /// <exception cref="GatewayException">An object in it has a field twice, or a name that is no Unicode.</exception>
    public static JsonElement Parse(JsonEnvelope envelope)
    {
        try
        {
            return JsonElement.Parse(envelope.Body.Span, JsonSettings.Request);
        }
        catch (JsonException e)
        {
            // All else that can be wrong with it has been looked at already.
            throw Refused($"An object in the body has a field twice: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            // The framework's search for fields that stand twice cannot read half of a surrogate pair in a name.
            throw Refused("A field's name is not valid Unicode.", e);
        }
    }

    /// <summary>The facts of a request that has its model and its wish to stream at the body's top.</summary>
    /// <exception cref="GatewayException">One of them is missing or unsound.</exception>
    public static RequestFacts Facts(JsonEnvelope envelope, Operation operation) =>
        Facts(envelope, operation, Model(envelope));

    /// <summary>The same at a door that may have a place for the model in its path.</summary>
    /// <exception cref="GatewayException">One of them is missing or unsound.</exception>
    public static RequestFacts Facts(ClientRequest request, Operation operation) =>
        Facts(request.Json, operation, Model(request));

    /// <summary>The model of the path, where Azure OpenAI has it, whatever the body says; else the body's.</summary>
    /// <exception cref="GatewayException">Neither names one.</exception>
    public static string Model(ClientRequest request) => request.PathValue("model") ?? Model(request.Json);

    /// <summary>The field <c>model</c>, or the first of <c>models</c>.</summary>
    /// <exception cref="GatewayException">It is not there, or is no text.</exception>
    public static string Model(JsonEnvelope envelope)
    {
        if (!envelope.TryGet("model", out JsonField field) || field.Type == JsonTokenType.Null)
        {
            return FirstOfModels(envelope) ?? throw GatewayException.BadRequest(
                "You must provide a model parameter. GET /v1/models lists what there is.", "model", "missing_model");
        }

        return field.Type == JsonTokenType.String
            ? envelope.GetString("model")!
            : throw GatewayException.BadRequest("'model' must be a string.", "model", "invalid_type");
    }

    /// <summary>The field <c>stream</c>; false where it is not there.</summary>
    /// <exception cref="GatewayException">It is neither true nor false.</exception>
    public static bool Stream(JsonEnvelope envelope) =>
        envelope.TryGet("stream", out JsonField field)
        && field.Type != JsonTokenType.Null
        && (envelope.GetBoolean("stream")
            ?? throw GatewayException.BadRequest("'stream' must be true or false.", "stream", "invalid_type"));

    /// <summary>A conversation of nothing is refused, also where the body is passed on unread.</summary>
    /// <param name="turns">The field that holds its turns.</param>
    /// <exception cref="GatewayException">It is no list, or an empty one.</exception>
    public static void CheckTurns(JsonEnvelope envelope, string turns)
    {
        if (!envelope.TryGet(turns, out JsonField field) || field.Type == JsonTokenType.Null)
        {
            throw GatewayException.BadRequest($"You must provide '{turns}'.", turns, "missing_" + turns);
        }

        if (field.Type != JsonTokenType.StartArray)
        {
            throw GatewayException.BadRequest($"'{turns}' must be an array.", turns, "invalid_type");
        }

        if (envelope.Value(field)[1..^1].IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            throw GatewayException.BadRequest($"'{turns}' must hold at least one message.", turns);
        }
    }

    /// <summary>The model of a client that sends only a list of them, the first to be asked first.</summary>
    private static string? FirstOfModels(JsonEnvelope envelope)
    {
        if (!envelope.TryGet("models", out JsonField models) || models.Type != JsonTokenType.StartArray)
        {
            return null;
        }

        var reader = new Utf8JsonReader(envelope.Value(models));
        reader.Read();
        reader.Read();
        return reader.TokenType == JsonTokenType.String
            ? LenientText.Decode(reader.ValueSpan, reader.ValueIsEscaped)
            : null;
    }

    private static RequestFacts Facts(JsonEnvelope envelope, Operation operation, string model)
    {
        bool stream = Stream(envelope);
        return new RequestFacts(operation, model, stream, stream ? AnswerFormat.Events : AnswerFormat.Json);
    }

    /// <summary>Looked at closely only where there are as many commas and brackets, which text may have too.</summary>
    private static bool HasTooManyValues(ReadOnlySpan<byte> body)
    {
        if (body.Length <= MostValues
            || body.Count((byte)',') + body.Count((byte)'[') + body.Count((byte)'{') < MostValues)
        {
            return false;
        }

        int values = 0;
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = JsonEnvelope.MaxDepth });
        while (values <= MostValues && reader.Read())
        {
            bool isValue = reader.TokenType
                is not (JsonTokenType.PropertyName or JsonTokenType.EndObject or JsonTokenType.EndArray);
            values += isValue ? 1 : 0;
        }

        return values > MostValues;
    }

    private static GatewayException Refused(string message, Exception cause) =>
        new(GatewayError.BadRequest(message, code: "invalid_json"), cause);

    /// <summary>Says where the JSON breaks, and never what stands there: the body may hold secrets.</summary>
    private static string Describe(JsonException e, int length)
    {
        if (length == 0)
        {
            return "The request body is empty. Send a JSON object.";
        }

        if (e.LineNumber is null)
        {
            return e.Message;
        }

        return e.Message.Contains("maximum configured depth", StringComparison.OrdinalIgnoreCase)
            ? $"The body is nested deeper than {JsonEnvelope.MaxDepth} levels."
            : $"The body is not valid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.";
    }
}
