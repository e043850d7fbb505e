using System.Text;
using Lightport.Conversation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Lightport.Admission;

/// <summary>Refuses by its headers a request whose body would not be read anyway.</summary>
internal static class RequestGuard
{
    /// <summary>100 MiB: also what the Azure Functions host takes at most.</summary>
    public const long MaxBodyBytes = 104_857_600;

    /// <summary>The longest model name, in UTF-16 units.</summary>
    private const int MaxModelLength = 256;

    /// <summary>
    /// What a body over <see cref="MaxBodyBytes"/> is answered with, also when only reading it shows its size.
    /// </summary>
    public static GatewayError BodyTooLarge { get; } = new(
        ErrorStage.Admission,
        ErrorKind.RequestTooLarge,
        413,
        "The request body is larger than 100 MB (104,857,600 bytes). Send large files by URL or by file id.")
    {
        Code = "request_too_large",
    };

    /// <summary>
    /// Null where the body may be read, else a 413 or a 415. Of its media type its dialect knows.
    /// </summary>
    public static GatewayError? Check(HttpRequest request) =>
        request.ContentLength > MaxBodyBytes
            ? BodyTooLarge
            : CheckEncoding(request);

    /// <summary>Whether the body must be unpacked first.</summary>
    public static bool IsGzip(HttpRequest request) =>
        request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding
        && (encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase)
            || encoding.Equals("x-gzip", StringComparison.OrdinalIgnoreCase));

    /// <summary>Null where it can be a model's name, wherever it stood in the request.</summary>
    public static GatewayError? CheckModel(string model) =>
        model.Length is 0 or > MaxModelLength
        || model.AsSpan().ContainsAnyInRange('\0', '\u001f')
        || model.AsSpan().ContainsAnyInRange('\u007f', '\u009f')
            ? GatewayError.BadRequest(
                $"'model' must be 1 to {MaxModelLength} characters, none of them a control character.", "model")
            : null;

    private static GatewayError? CheckEncoding(HttpRequest request) =>
        StringValues.IsNullOrEmpty(request.Headers.ContentEncoding)
        || request.Headers.ContentEncoding.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase)
        || IsGzip(request)
            ? null
            : Unsupported("Send the request body uncompressed or as gzip; no other 'Content-Encoding' is read.") with
            {
                // Tells what would be right: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.16
                Headers = [new("Accept-Encoding", "gzip, identity")],
            };

    private static GatewayError Unsupported(string message) =>
        new(ErrorStage.Admission, ErrorKind.UnsupportedMediaType, 415, message) { Code = "unsupported_media_type" };
}
