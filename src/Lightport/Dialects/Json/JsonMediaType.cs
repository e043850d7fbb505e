using Lightport.Conversation;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Lightport.Dialects.Json;

/// <summary>Tells whether a body says that it is JSON in UTF-8.</summary>
internal static class JsonMediaType
{
    /// <summary>Null where the body may be read, else a 415.</summary>
    public static GatewayError? Check(string mediaType)
    {
        // What nearly every client sends, without a parse; SDKs that send none still send JSON.
        if (mediaType.Length == 0 || mediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (!MediaTypeHeaderValue.TryParse(mediaType, out MediaTypeHeaderValue? type) || !IsJson(type))
        {
            return Unsupported("Send the request body as JSON, with 'Content-Type: application/json'.");
        }

        StringSegment charset = HeaderUtilities.RemoveQuotes(type.Charset);
        return charset.Length == 0 || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? null
            : Unsupported("Send the request body in UTF-8; no other charset is read.");
    }

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.Type.Equals("application", StringComparison.OrdinalIgnoreCase)
        && (type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));

    private static GatewayError Unsupported(string message) =>
        new(ErrorStage.Admission, ErrorKind.UnsupportedMediaType, 415, message) { Code = "unsupported_media_type" };
}
