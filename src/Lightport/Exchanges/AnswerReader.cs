using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Passthrough;
using Lightport.Routing;
using Lightport.Transport;
using Lightport.Transport.Body;

namespace Lightport.Exchanges;

/// <summary>
/// Reads what a provider answered, up to where the attempt is decided: an error, a whole body, or first content.
/// </summary>
internal sealed class AnswerReader(DialectRegistry dialects, ISecretSource secrets)
{
    /// <summary>The longest whole answer, in bytes.</summary>
    public const int MaxAnswerBytes = 104_857_600;

    private const int MaxErrorBytes = 1_048_576;

    public async ValueTask<AttemptOutcome<Answer>> ReadAsync(
        Exchange exchange, Target target, ComposedCall call, UpstreamResponse response, AttemptClock clock)
    {
        if (response.Status is < 200 or >= 300)
        {
            return new(await ReadErrorAsync(exchange, target, call, response, clock).ConfigureAwait(false));
        }

        bool events =
            response.MediaType?.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase) ?? exchange.Stream;
        return exchange.Stream && events
            ? await BeginStreamAsync(exchange, target, call, response, clock).ConfigureAwait(false)
            : await ReadWholeAsync(exchange, target, call, response, clock).ConfigureAwait(false);
    }

    private static async ValueTask<AttemptOutcome<Answer>> BeginStreamAsync(
        Exchange exchange, Target target, ComposedCall call, UpstreamResponse response, AttemptClock clock)
    {
        Stream body = await response.OpenBodyAsync(clock.Token).ConfigureAwait(false);
        var pump = new StreamPump(body, Relay(exchange, call), clock, exchange.KeyMask);
        var pending = new PooledBuffer();
        bool begun = false;
        try
        {
            await pump.PrimeAsync(pending).ConfigureAwait(false);
            if (pump.Relay is { HasContent: false, Error: { } error })
            {
                return new(error with { Provider = target.Provider.Name });
            }

            begun = true;
            return new(
                new StreamAnswer(response, pump, pending, clock, call) { Headers = ProviderHeaders.Pick(response) });
        }
        finally
        {
            if (!begun)
            {
                Settle(exchange, pump.Relay);
                pump.Dispose();
                pending.Dispose();
            }
        }
    }

    private static void Settle(Exchange exchange, IAnswerRelay relay)
    {
        exchange.Usage = relay.SettledUsage;
        if (relay.Error is { IsBadUpstream: true })
        {
            exchange.SettlePrompt();
        }
    }

    private static IAnswerRelay Relay(Exchange exchange, ComposedCall call) => call.Passthrough is { } passthrough
        ? passthrough.CreateRelay(call.PassthroughOptions!)
        : new TranslatingRelay(
            call.Response!.Restoration.Restore(call.Spoken!.CreateStreamDecoder(), call.Response.Losses),
            exchange.Served.CreateStreamEncoder(call.Response!),
            call.Response!.EstimatedPromptTokens);

    private async ValueTask<AttemptOutcome<Answer>> ReadWholeAsync(
        Exchange exchange, Target target, ComposedCall call, UpstreamResponse response, AttemptClock clock)
    {
        Stream body = await response.OpenBodyAsync(clock.Token).ConfigureAwait(false);
        PooledBuffer? buffer =
            await BodyReader
                .ReadAsync(body, response.Length, MaxAnswerBytes, exchange.Budget, clock.Token, clock.MarkByte)
                .ConfigureAwait(false);
        if (buffer is null)
        {
            exchange.SettlePrompt();
            string message = $"The answer of {target.Provider.Name} is longer than {MaxAnswerBytes} bytes.";
            return new(GatewayError.BadUpstream(message) with { Provider = target.Provider.Name, Retryable = false });
        }

        try
        {
            exchange.KeyMask.Apply(buffer);
            Answer answer = WholeAnswerMaker.Make(exchange, dialects, call, buffer, ProviderHeaders.Pick(response));
            buffer = null;
            return new(answer);
        }
        catch (GatewayException e)
        {
            if (e.Error.IsBadUpstream)
            {
                exchange.SettlePrompt();
            }

            return new(e.Error with { Provider = target.Provider.Name });
        }
        finally
        {
            buffer?.Dispose();
        }
    }

    private async ValueTask<GatewayError> ReadErrorAsync(
        Exchange exchange, Target target, ComposedCall call, UpstreamResponse response, AttemptClock clock)
    {
        Stream body = await response.OpenBodyAsync(clock.Token).ConfigureAwait(false);
        using PooledBuffer? buffer =
            await BodyReader
                .ReadAsync(body, response.Length, MaxErrorBytes, exchange.Budget, clock.Token, clock.MarkByte)
                .ConfigureAwait(false);
        ReadOnlySpan<byte> text = buffer is null ? default : buffer.Written.Span;
        IPassthrough dialect = call.Passthrough ?? dialects.Passthrough(call.Spoken!.Id);
        string provider = target.Provider.Name;
        GatewayError error = response.Status switch
        {
            < 400 => GatewayError.BadUpstream($"{provider} answered with a redirect, which is not followed."),
            > 599 => GatewayError.BadUpstream($"{provider} answered with {response.Status}, which is no HTTP status."),
            _ => dialect.ReadError(response.Status, text),
        };
        if (response.Status is 401 && exchange.Caller?.PresentedKey is null && target.Provider.SecretName is { } secret)
        {
            secrets.Invalidate(secret);
        }

        error = error with { Provider = provider };
        return ProviderHeaders.Apply(error, response, exchange.Clock.GetUtcNow());
    }
}
