using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Aws;

/// <summary>
/// Errors of Bedrock, whatever operation they answer: the type stands in a header, in the body, or nowhere
/// (https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html).
/// </summary>
internal static class AwsErrors
{
    private const string TypeHeader = "x-amzn-ErrorType";
    private const int LongestPlainText = 500;

    /// <summary>Reads the body of a failed call. Never throws; the body may be anything.</summary>
    public static GatewayError Read(int status, Func<string, string?> header, ReadOnlySpan<byte> body) =>
        Read(status, header(TypeHeader), body);

    /// <summary>An error in the body of a success, which says by its type what its status should have been.</summary>
    public static GatewayError InSuccess(ReadOnlySpan<byte> body) => Read(null, null, body);

    /// <summary>An exception in the middle of a stream, whose type alone says what its status would be.</summary>
    public static GatewayError InStream(string type, string? message) => Of(ErrorStage.Stream, null, type, message);

    /// <summary>The message of an exception's payload, whichever way it is spelled.</summary>
    public static string? MessageOf(JsonElement payload) =>
        payload.TextOf("message") ?? payload.TextOf("Message") ?? payload.TextOf("originalMessage");

    private static GatewayError Read(int? status, string? type, ReadOnlySpan<byte> body)
    {
        try
        {
            JsonElement root = ProviderJson.Parse(body);
            JsonElement inner = root.ObjectOf("Output") ?? root;
            type ??= inner.TextOf("__type") ?? root.TextOf("__type") ?? root.TextOf("code");
            return Of(ErrorStage.Upstream, status, type, MessageOf(inner) ?? MessageOf(root));
        }
        catch (Exception malformed) when (ProviderJson.IsMalformed(malformed))
        {
            // Not JSON: a proxy's page or a line of text, told as what it is.
            string text = Encoding.UTF8.GetString(body).Trim();
            bool isLine = text.Length is > 0 and <= LongestPlainText && text[0] != '<';
            return Of(ErrorStage.Upstream, status, type, isLine ? text : null);
        }
    }

    private static GatewayError Of(ErrorStage stage, int? status, string? type, string? message)
    {
        string? name = type is null ? null : AwsErrorTypes.NameOf(type);
        int effective = status ?? AwsErrorTypes.Status(name);
        message = string.IsNullOrEmpty(message)
            ? $"The provider answered with {name ?? $"status {effective}"} and no message that can be read."
            : message;
        ErrorKind kind = AwsErrorTypes.Kind(name, effective, message);
        return new GatewayError(stage, kind, effective, message)
        {
            // Clients look for the word that they know of a prompt that is too long, not for AWS's of any bad request.
            Code = kind == ErrorKind.ContextLength ? null : name,
            Retryable = kind is ErrorKind.RateLimit or ErrorKind.Overloaded or ErrorKind.Timeout or ErrorKind.Upstream,
        };
    }
}
