using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Exchanges;
using Lightport.Storage;
using Lightport.Transport.Body;
using Microsoft.AspNetCore.Http;

namespace Lightport.Management;

/// <summary>One request at a management door: what it says, and how it is answered.</summary>
internal sealed class ManagementCall(Exchange exchange)
{
    /// <summary>8 MiB: 10,000 models fit into it several times.</summary>
    private const int MostBytes = 8 << 20;

    private const int LongestAuthor = 100;

    private static readonly GatewayError TooLarge = RequestGuard.BodyTooLarge with
    {
        Message = "The request body is larger than the 8 MiB that a management request may have.",
    };

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public Exchange Exchange => exchange;

    /// <summary>Who has come in; null for nobody yet.</summary>
    public Admin? Admin { get; set; }

    /// <summary>What was changed, for the log: a version's name, a key's id. Null for nothing.</summary>
    public string? Changed { get; set; }

    public HttpRequest Request => exchange.Context.Request;

    public CancellationToken Aborted => exchange.Aborted;

    public bool DryRun => Query("dry-run") switch
    {
        null or "false" => false,
        "" or "true" => true,
        _ => throw GatewayException.BadRequest("'dry-run' must be true or false.", "dry-run"),
    };

    /// <summary>Who makes a change: as their issuer knows them, else as they say.</summary>
    /// <exception cref="GatewayException">A 400: it is too long, or no plain text.</exception>
    public ChangeNote Note
    {
        get
        {
            string author = Request.Headers["x-lightport-author"].ToString();
            string? note = Query("note");
            return author.Length > LongestAuthor || author.Any(char.IsControl)
                ? throw GatewayException.BadRequest(
                    $"'x-lightport-author' must be plain text of at most {LongestAuthor} characters.")
                : note?.Length > 500 ? throw GatewayException.BadRequest("'note' has at most 500 characters.", "note")
                : new ChangeNote(Admin?.Name ?? (author.Length == 0 ? "admin" : author), note);
        }
    }

    /// <summary>What stands in the path where the endpoint's has <c>{id}</c>.</summary>
    public string Id
    {
        get
        {
            string[] parts = (Request.Path.Value ?? "").Split('/');
            int index = Array.IndexOf(exchange.Endpoint.Path.Split('/'), "{id}");
            return index >= 0 && index < parts.Length ? parts[index] : "";
        }
    }

    /// <exception cref="GatewayException">A 400: there is a parameter that this door does not have.</exception>
    public void RefuseUnknown(IReadOnlyList<string> known)
    {
        foreach (string name in Request.Query.Keys)
        {
            if (!known.Contains(name))
            {
                throw GatewayException.BadRequest(
                    known.Count == 0 ? "This path takes no query parameters."
                        : $"This path takes the query parameters {string.Join(", ", known)} and no other.",
                    code: "unknown_parameter");
            }
        }
    }

    public string? Query(string name) => Request.Query.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <exception cref="GatewayException">A 400 or 413: it is no UTF-8, or too long.</exception>
    public async ValueTask<string> ReadTextAsync()
    {
        using PooledBuffer body =
            await RequestBody
                .ReadAsync(Request, MostBytes, TooLarge, exchange.Budget, exchange.Clock, Aborted)
                .ConfigureAwait(false);
        try
        {
            ReadOnlySpan<byte> text = body.Written.Span;
            return StrictUtf8.GetString(text.StartsWith("\uFEFF"u8) ? text[3..] : text);
        }
        catch (DecoderFallbackException e)
        {
            throw new GatewayException(GatewayError.BadRequest("The body is not UTF-8.", code: "invalid_body"), e);
        }
    }

    /// <summary>A JSON object; an empty body is an empty one.</summary>
    /// <exception cref="GatewayException">A 400 or 413.</exception>
    public async ValueTask<JsonElement> ReadJsonAsync()
    {
        string text = await ReadTextAsync().ConfigureAwait(false);
        try
        {
            var json = JsonElement.Parse(
                text.Length == 0 ? "{}" : text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return json.ValueKind == JsonValueKind.Object ? json
                : throw GatewayException.BadRequest("The body must be a JSON object.", code: "invalid_json");
        }
        catch (JsonException e)
        {
            throw new GatewayException(
                GatewayError.BadRequest("The body is not valid JSON.", code: "invalid_json"), e);
        }
    }

    public ValueTask AnswerAsync<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        AnswerAsync(JsonSerializer.SerializeToUtf8Bytes(value, type), "application/json", status);

    public async ValueTask AnswerAsync(
        ReadOnlyMemory<byte> body,
        string mediaType,
        int status = StatusCodes.Status200OK)
    {
        HttpResponse response = AnswerEmpty(status);
        response.ContentType = mediaType;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, Aborted).ConfigureAwait(false);
    }

    public HttpResponse AnswerEmpty(int status)
    {
        HttpResponse response = exchange.Context.Response;
        response.StatusCode = status;
        response.Headers["x-request-id"] = exchange.RequestId;
        response.Headers.CacheControl = "no-store";
        return response;
    }
}
