using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Exchanges;

/// <summary>Turns a provider's whole body into the client's, and notes what it says of usage.</summary>
internal static class WholeAnswerMaker
{
    private const string Json = "application/json";
    private const string Events = "text/event-stream";

    /// <param name="body">The provider's body, which the answer takes over.</param>
    /// <exception cref="GatewayException">It is no answer, or an error in spite of its status.</exception>
    public static WholeAnswer Make(
        Exchange exchange,
        DialectRegistry dialects,
        ComposedCall call,
        PooledBuffer body,
        IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        if (call.Passthrough is { } passthrough)
        {
            if (!exchange.Stream)
            {
                return Pass(exchange, passthrough, call.PassthroughOptions!, body, headers);
            }

            if (!dialects.SpokenIds.Contains(passthrough.Dialect))
            {
                return PassAsStream(exchange, passthrough, call.PassthroughOptions!, body, headers);
            }
        }

        IDialect spoken = call.Spoken ?? dialects.Spoken(call.Passthrough!.Dialect);
        ResponseContext context = call.Response ?? call.PassthroughOptions!.Response;
        exchange.TakeText(body.Length);
        ChatResponse response = context.Restoration.Restore(spoken.DecodeResponse(body.Written), context.Losses);
        if (response.Usage is null)
        {
            response = response with { Usage = UsageEstimator.Estimate(response, context.EstimatedPromptTokens) };
        }

        (exchange.Usage, exchange.ResponseId) = (response.Usage, response.Id);
        exchange.Finish = response.Choices is [var first, ..] ? first.Finish.Reason : null;
        var output = new PooledBuffer(body.Length + 1024, exchange.Budget);
        try
        {
            string mediaType = exchange.Stream
                ? WriteAsStream(exchange.Served, response, context, output)
                : WriteWhole(exchange.Served, response, context, output);
            return new WholeAnswer(output.Written, mediaType, body, output) { Headers = headers };
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    private static WholeAnswer Pass(
        Exchange exchange,
        IPassthrough passthrough,
        PassthroughOptions options,
        PooledBuffer body,
        IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        PassthroughBody passed = passthrough.ReadBody(Utf8Text.Mend(body.Written), options);
        if (passed.Error is { } error)
        {
            throw new GatewayException(error);
        }

        (exchange.Usage, exchange.Finish, exchange.ResponseId) = (passed.Usage, passed.Finish, passed.Id);
        return new WholeAnswer(passed.Body, Json, body) { Headers = headers };
    }

    /// <summary>
    /// A whole answer where a stream was asked for, in a dialect that is only passed on: it becomes the stream's one
    /// chunk, and the relay sees to the rest.
    /// </summary>
    private static WholeAnswer PassAsStream(
        Exchange exchange,
        IPassthrough passthrough,
        PassthroughOptions options,
        PooledBuffer body,
        IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        exchange.TakeText(body.Length);
        byte[] chunk = body.Written.ToArray();

        // A line end can only stand between tokens, where a space says the same; in an event it would end the line.
        chunk.AsSpan().Replace((byte)'\n', (byte)' ');
        chunk.AsSpan().Replace((byte)'\r', (byte)' ');
        IAnswerRelay relay = passthrough.CreateRelay(options with { Exact = false });
        var output = new PooledBuffer(body.Length + 1024, exchange.Budget);
        try
        {
            ReadOnlySpan<byte> data = Utf8Text.Mend(chunk);
            relay.Push(new Frame([], data, [.. "data: "u8, .. data, .. "\n\n"u8]), output);
            relay.Complete(output);
            if (relay.Error is { } error)
            {
                throw new GatewayException(error);
            }

            (exchange.Usage, exchange.Finish, exchange.ResponseId) =
                (relay.SettledUsage, relay.Finish, relay.ResponseId);
            return new WholeAnswer(output.Written, Events, body, output) { Headers = headers };
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    private static string WriteWhole(
        IServedDialect served, ChatResponse response, ResponseContext context, PooledBuffer output)
    {
        served.EncodeResponse(response, context, output);
        return Json;
    }

    /// <summary>The client asked for a stream and the provider gave none: its answer is told in one go.</summary>
    private static string WriteAsStream(
        IServedDialect served, ChatResponse response, ResponseContext context, PooledBuffer output)
    {
        IStreamEncoder encoder = served.CreateStreamEncoder(context);
        foreach (StreamEvent streamEvent in ResponseReplay.Events(response))
        {
            encoder.Encode(streamEvent, output);
        }

        encoder.Complete(output);
        return Events;
    }
}
