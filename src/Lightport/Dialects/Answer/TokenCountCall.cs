using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects;

/// <summary>
/// A count of a request's tokens that is asked of a provider. One number comes back, at the top of a JSON object; as an
/// answer it is one without choices, whose prompt has that many tokens.
/// </summary>
internal abstract class TokenCountCall(BodySegments body, PooledBuffer? memory = null) : Call(body, memory)
{
    /// <summary>The client's own bytes were sent, so the answer's may pass.</summary>
    public bool Passes { get; init; }

    /// <summary>The field that has the number.</summary>
    protected abstract string Field { get; }

    public override AnswerRelay? CreateRelay() => Passes ? new TokenCountRelay(this) : null;

    public override ChatResponse ReadWhole(ReadOnlyMemory<byte> body)
    {
        try
        {
            return LenientText.TryGetProperty(ProviderJson.ParseAnswer(body.Span), Field, out JsonElement count)
                && count.ValueKind == JsonValueKind.Number
                && count.TryGetInt64(out long tokens)
                ? new ChatResponse { Usage = new TokenUsage { Input = tokens } }
                : throw GatewayException.BadUpstream("The provider's answer has no count.");
        }
        catch (Exception malformed) when (ProviderJson.IsMalformed(malformed))
        {
            throw ProviderJson.NotJson(malformed);
        }
    }
}
