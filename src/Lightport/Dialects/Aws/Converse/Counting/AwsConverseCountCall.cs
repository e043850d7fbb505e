using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>A count that Bedrock was asked for.</summary>
internal sealed class AwsConverseCountCall(BodySegments body, PooledBuffer memory) : TokenCountCall(body, memory)
{
    protected override string Field => "inputTokens";

    public override GatewayError ReadError(int status, ReadOnlySpan<byte> body) =>
        ReadError(status, static _ => null, body);

    /// <summary>
    /// Models that Bedrock answers with it may not count, in this region or at all, and it says so as if the request
    /// were wrong: that is no reason to refuse an estimate.
    /// </summary>
    public override GatewayError ReadError(int status, Func<string, string?> header, ReadOnlySpan<byte> body)
    {
        GatewayError error = AwsErrors.Read(status, header, body);
        return error.Kind is ErrorKind.InvalidRequest or ErrorKind.NotFound
            ? error with { Kind = ErrorKind.Upstream, Status = 502 }
            : error;
    }
}
