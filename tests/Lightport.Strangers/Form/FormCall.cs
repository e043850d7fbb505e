using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Strangers.Form;

/// <summary>One call, whose answer is sound and whose errors are JSON.</summary>
internal sealed class FormCall(BodySegments body, string mediaType, long promptTokens) : Call(body)
{
    public override string MediaType => mediaType;

    public override Framing Framing => Framing.Bytes;

    public override AnswerRelay CreateRelay() => new FormRelay(promptTokens);

    public override GatewayError ReadError(int status, ReadOnlySpan<byte> body)
    {
        string? message;
        try
        {
            message = (string?)JsonNode.Parse(body)?["message"];
        }
        catch (JsonException)
        {
            message = null;
        }

        ErrorKind kind = status >= 500 ? ErrorKind.Upstream : ErrorKind.InvalidRequest;
        return new GatewayError(ErrorStage.Upstream, kind, status, message ?? "The provider failed.")
        {
            Retryable = status >= 500,
        };
    }
}
