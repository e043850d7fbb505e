using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Lightport.Mcp.Connections;
using Lightport.Transport;

namespace Lightport.Mcp.Identity;

/// <summary>A JSON document in which a server says something of itself, at a place that is agreed on.</summary>
internal static class MetadataDocument
{
    /// <summary>In bytes.</summary>
    private const int LongestAnswer = 128 * 1024;

    /// <summary>Of a field that is there twice, nobody knows which one its reader takes.</summary>
    public static readonly JsonDocumentOptions Reading = new() { AllowDuplicateProperties = false };

    /// <returns>Null where none is there.</returns>
    /// <exception cref="SecretUnavailableException">It cannot be had, or is no JSON object.</exception>
    public static async Task<JsonElement?> ReadAsync(
        McpHttp http, Uri address, bool allowsPrivate, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var invoker = new HttpMessageInvoker(http.Handler(allowsPrivate), disposeHandler: false);
        try
        {
            using HttpResponseMessage response =
                await invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
            {
                return null;
            }

            using var body = new BoundedContent(response.Content, LongestAnswer);
            byte[] answer = await body.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.OK
                && JsonElement.Parse(answer, Reading) is { ValueKind: JsonValueKind.Object } said
                ? said
                : throw new SecretUnavailableException(
                    $"{address.Host} answers HTTP {(int)response.StatusCode} at {address.AbsolutePath}, and no JSON.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AnswerTooLargeException or JsonException)
        {
            throw new SecretUnavailableException($"{address.Host} does not answer at {address.AbsolutePath}.", e);
        }
    }

    /// <summary>Null where there is none, or an empty one.</summary>
    public static string? Text(JsonElement said, string name) =>
        said.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    public static IEnumerable<string> Texts(JsonElement said, string name) =>
        said.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)
            : [];
}
