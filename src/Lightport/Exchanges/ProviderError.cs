using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Transport;
using Lightport.Transport.Body;

namespace Lightport.Exchanges;

/// <summary>Reads why a provider refused.</summary>
internal static class ProviderError
{
    private const int MaxErrorBytes = 1_048_576;

    public static async ValueTask<GatewayError> ReadAsync(
        Exchange exchange, Attempt attempt, Call call, UpstreamResponse response, AttemptClock clock)
    {
        Stream body = await response.OpenBodyAsync(clock.Token).ConfigureAwait(false);
        using PooledBuffer? buffer =
            await BodyReader
                .ReadAsync(body, response.Length, MaxErrorBytes, exchange.Budget, clock.Token, clock)
                .ConfigureAwait(false);
        ReadOnlySpan<byte> text = buffer is null ? default : buffer.Written.Span;
        string provider = attempt.Target.Provider.Name;
        GatewayError error = response.Status switch
        {
            < 400 => GatewayError.BadUpstream($"{provider} answered with a redirect, which is not followed."),
            > 599 => GatewayError.BadUpstream($"{provider} answered with {response.Status}, which is no HTTP status."),
            _ => call.ReadError(response.Status, response.Header, text),
        };
        return ProviderHeaders.Apply(
            error with { Provider = provider }, response, exchange.Clock.GetUtcNow());
    }
}
