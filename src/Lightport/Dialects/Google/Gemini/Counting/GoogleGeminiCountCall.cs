using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>A count that Google's endpoint was asked for.</summary>
internal sealed class GoogleGeminiCountCall(BodySegments body, PooledBuffer memory) : TokenCountCall(body, memory)
{
    protected override string Field => "totalTokens";

    public override GatewayError ReadError(int status, ReadOnlySpan<byte> body) =>
        GoogleGeminiErrors.Read(status, body);
}
